// The contact sheet: a picture of every screen in every state. No test, so it is run by its own name: make sheet.
import { defineConfig } from '@playwright/test'
import journeys from './playwright.config'

export default defineConfig({
  ...journeys,
  testMatch: 'sheet.ts',
  timeout: 900_000,
  workers: 1,
  fullyParallel: false,
})
