// Journeys of real people through a real browser, against the real server on a temporary folder.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './global-setup.ts',
  fullyParallel: true,
  workers: 2,
  // A journey that only passes at the second try hides what a worker on a bus would meet.
  retries: 0,
  // Nothing here measures time: a machine that is busy with something else is no fault of the app.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  outputDir: '../../test-results',
})
