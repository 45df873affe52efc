// An admin chooses what the service records, while phones are out of touch; two admins at once lose nothing.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { LAPTOP, PHONES, Phone } from './browser'
import { againstTheRules, cutOff, tooSmallOrNear } from './looking'
import { answer, heading, installed, logIn, logOne, save, tile } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

const open = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('link', { name }).first().click()
const saved = (page: Page) => expect(page.getByText('Saved. Phones take it over')).toBeVisible()

test('what is retired and renamed while a worker is offline: nothing is lost, old logs read well', async () => {
  test.setTimeout(180_000)
  const server = await Server.start()
  const [phone, desk] = [new Phone(PHONES.iphone), new Phone(LAPTOP)]
  try {
    const worker = await phone.open(server.origin)
    await logIn(worker, server.account('worker'))
    await installed(worker)
    await logOne(worker, new Thumb(worker), 'Discharge support')
    await expect(worker.getByText('Saved and sent')).toBeVisible()
    await worker.context().route('**/api/**', (route) => route.abort())
    // Of another length, or it would be asked whether it is the same.
    await tile(worker, 'Discharge support').click()
    await answer(worker, 'What stage?', 'After leaving').check({ force: true })
    await answer(worker, 'How long?', '45 min').check({ force: true })
    await answer(worker, 'How?', 'In person').check({ force: true })
    await save(worker).click()
    await expect(heading(worker, 'What did you do?')).toBeVisible()
    await logOne(worker, new Thumb(worker), 'Signposting')
    await expect(worker.getByText('2 waiting to send')).toBeVisible()

    const admin = await desk.open(server.origin)
    await logIn(admin, server.account('admin'))
    await admin.getByRole('navigation').getByRole('link', { name: 'Admin' }).first().click()
    await open(admin, /^Activities and answers/)
    await admin.getByRole('checkbox', { name: /^Offered\s*: Signposting$/ }).uncheck({ force: true })
    await admin.getByRole('button', { name: 'Move Discharge support up' }).click()
    await admin.getByRole('button', { name: 'Move Discharge support up' }).click()
    await expect(admin.getByRole('button', { name: 'Move Discharge support up' })).toBeFocused()
    await save(admin).click()
    await saved(admin)
    await open(admin, 'Names and answers of One-to-one')
    await admin.getByLabel('Name', { exact: true }).fill('Time together')
    await save(admin).click()
    await saved(admin)
    await expect(heading(admin, 'Time together')).toBeVisible()
    await admin.getByRole('button', { name: 'Back' }).click()
    await open(admin, 'Names and answers of Discharge support')
    await open(admin, /^Stage/)
    await admin.getByLabel('Offer After leaving').uncheck({ force: true })
    await admin.getByText('Name of Planning to leave').click()
    await admin.getByLabel('Your name for it (Planning to leave)').fill('Getting ready to go')
    await save(admin).click()
    await saved(admin)
    await admin.goto(`${server.origin}/admin/answers/discharge_support-ward_label`)
    await admin.getByLabel('Names to choose from').fill('Oak Ward\n\n  Elm Ward ')
    await save(admin).click()
    await saved(admin)
    await admin.goto(`${server.origin}/admin/changes`)
    await expect(admin.getByText('Signposting, offered: on → off')).toBeVisible()
    await expect(admin.getByText(/Stage, not offered: nothing → After leaving/)).toBeVisible()

    await worker.context().unroute('**/api/**')
    // Opened with signal, the app takes over what the service records now.
    await worker.goto(server.origin)
    await expect(tile(worker, 'Time together')).toBeVisible()
    await worker.goto(`${server.origin}/waiting`)
    await expect(worker.getByText('2 need a look').first()).toBeVisible()
    // Both are there, with all that was said.
    const waiting = worker.getByRole('main').getByRole('link')
    await waiting.filter({ hasText: 'Discharge support' }).first().click()
    await expect(worker.getByText('no longer uses this answer. Choose the closest one.')).toBeVisible()
    await expect(answer(worker, 'What stage?', 'After leaving')).toBeChecked()
    await answer(worker, 'What stage?', 'Getting ready to go').check({ force: true })
    await worker.getByRole('button', { name: 'Save and send' }).click()
    await expect(worker.getByText('1 needs a look').first()).toBeVisible()
    await worker.goto(`${server.origin}/waiting`)
    await waiting.filter({ hasText: 'Signposting' }).first().click()
    await answer(worker, 'Which activity is the closest?', 'Time together').check({ force: true })
    await worker.getByRole('button', { name: 'Save and send' }).click()
    await expect(worker.getByText('All sent')).toBeVisible()

    // The old log has the answer that it was given, and can be changed elsewhere.
    await worker.goto(`${server.origin}/my-log`)
    const logs = worker.getByRole('main').getByRole('link', { name: /Discharge support/ })
    await logs.nth(0).click()
    const first = await stageOf(worker)
    await worker.goBack()
    await logs.nth(1).click()
    const second = await stageOf(worker)
    expect([first, second].sort()).toEqual(['After leaving', 'Getting ready to go'])
    if (second !== 'After leaving') {
      await worker.goBack()
      await logs.nth(0).click()
    }
    await worker.getByRole('link', { name: /^Change.*How long/ }).click()
    await answer(worker, 'How long?', '1 hour').check({ force: true })
    await worker.getByRole('button', { name: 'Save change' }).click()
    await expect(worker.getByText('Saved and sent')).toBeVisible()

    // A new form offers what is offered, in the new order, with the names of the service.
    await worker.goto(server.origin)
    await expect(tile(worker, 'Time together')).toBeVisible()
    await expect(tile(worker, 'Signposting')).toHaveCount(0)
    await tile(worker, 'Discharge support').click()
    await expect(answer(worker, 'What stage?', 'After leaving')).toHaveCount(0)
    await answer(worker, 'What stage?', 'Getting ready to go').check({ force: true })
    await worker.getByText('More questions').click()
    await answer(worker, 'Which ward?', 'Elm Ward').check({ force: true })
  } finally {
    await phone.end()
    await desk.end()
    await server.end()
  }
})

const stageOf = (page: Page) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText('Stage', { exact: true }) })
    .locator('dd')
    .first()
    .innerText()

test('changes outlive a page without signal, another admin’s save and a log-in that has run out', async () => {
  test.setTimeout(180_000)
  const server = await Server.start()
  const desk = new Phone(PHONES.iphone)
  try {
    const page = await desk.open(server.origin)
    await logIn(page, server.account('admin'))
    await page.goto(`${server.origin}/admin`)
    await open(page, /^Rules/)
    const days = page.getByLabel('How many days back can people log?')
    await days.fill('lots')
    await page.getByLabel('Friday').uncheck({ force: true })
    await save(page).click()
    await expect(page.getByRole('alert')).toContainText('Enter a number of days from 0 to 366')
    await days.fill('14')

    await page.context().route('**/api/**', (route) => route.abort())
    await save(page).click()
    await expect(page.getByRole('alert')).toContainText('Your changes are still here')
    await expect(days).toHaveValue('14')
    await page.context().unroute('**/api/**')

    // Another admin, or the operator, saves in the meantime.
    const now = JSON.parse(server.command('service', 'settings', '--get'))
    const file = join(tmpdir(), `alongside-settings-${server.port}.json`)
    writeFileSync(file, JSON.stringify({ ...now, settings: { ...now.settings, person_codes: 'required' } }))
    expect(server.command('service', 'settings', '--set', file)).toContain('1 changed.')
    await save(page).click()
    await expect(page.getByText('Someone else saved other changes in the meantime')).toBeVisible()
    await expect(answer(page, 'Do logs have a person code?', 'Yes, always')).toBeChecked()
    await expect(days).toHaveValue('14')

    // The session ends; the way back to the page is a log-in.
    await page.context().clearCookies()
    await save(page).click()
    await expect(page.getByRole('alert')).toContainText('Please log in again')
    await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
    await logIn(page, server.account('admin'))
    await page.getByRole('navigation').getByRole('link', { name: 'Admin' }).last().click()
    await open(page, /^Rules/)
    await expect(page.getByText('There are changes here that are not saved yet')).toBeVisible()
    await expect(days).toHaveValue('14')
    await expect(page.getByLabel('Friday')).not.toBeChecked()
    await save(page).click()
    await saved(page)

    const { settings } = JSON.parse(server.command('service', 'settings', '--get'))
    expect(settings).toMatchObject({
      back_dating_days: 14,
      person_codes: 'required',
      week: ['monday', 'tuesday', 'wednesday', 'thursday'],
    })
  } finally {
    await desk.end()
    await server.end()
  }
})

test('the pages of one activity and of one list can be used by everyone, at every width', async () => {
  test.setTimeout(240_000)
  const server = await Server.start()
  const desk = new Phone(PHONES.iphone)
  try {
    const page = await desk.open(server.origin)
    await logIn(page, server.account('admin'))
    for (const path of [
      '/admin',
      '/admin/activities',
      '/admin/activities/discharge_support',
      '/admin/answers/discharge_support-stage',
      '/admin/answers/discharge_support-ward_label',
      '/admin/answers/supervision-direction',
      '/admin/rules',
      '/admin/changes',
    ]) {
      await page.goto(server.origin + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText('Getting things ready')).toHaveCount(0)
      for (const summary of await page.locator('main summary').all()) await summary.click()
      const wrong: string[] = []
      for (const size of [{ width: 320, height: 568 }, PHONES.iphone, LAPTOP]) {
        await page.setViewportSize(size)
        wrong.push(...(await cutOff(page)), ...(size === LAPTOP ? [] : await tooSmallOrNear(page)))
        if (process.env.ALONGSIDE_PICTURES) {
          const name = path.replaceAll(/\W+/g, '-').slice(1)
          await page.screenshot({
            path: join(process.env.ALONGSIDE_PICTURES, `${name}-${size.width}.png`),
            fullPage: true,
          })
        }
      }
      wrong.push(...(await againstTheRules(page)))
      expect.soft(wrong, path).toEqual([])
    }
    await page.goto(`${server.origin}/admin/answers/discharge_support-mood`)
    await expect(heading(page, 'Page not found')).toBeVisible()
  } finally {
    await desk.end()
    await server.end()
  }
})
