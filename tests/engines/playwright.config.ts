// The same app in other engines, and browsers that are killed. The runner is Playwright's; the browsers are not its own.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: '../journeys/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./kill-table.ts']],
  outputDir: '../../test-results/engines',
})
