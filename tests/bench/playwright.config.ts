// Measures the phone: not a test. Nothing passes or fails by its time; it fails only when what it measures does not work.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: 'phone.spec.ts',
  globalSetup: './phone-set-up.ts',
  workers: 1,
  retries: 0,
  timeout: 1_800_000,
  expect: { timeout: 60_000 },
  reporter: './phone-table.ts',
  outputDir: '../../test-results/bench',
})
