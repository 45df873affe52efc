// The people that a team supports, by code: added without signal, logged with, given references, ended and brought
// back; and one person with two codes, made on two phones, put together.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { PHONES, Phone } from './browser'
import { fitForAll } from './looking'
import { answer, heading, installed, logIn, save, tile } from './people'
import { type Account, Server } from './server'

test.describe.configure({ timeout: 180_000 })

/** The example of the NHS Data Dictionary. */
const NHS_NUMBER = '943 476 5919'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const main = (page: Page) => page.getByRole('main')
const link = (page: Page, name: string | RegExp) => main(page).getByRole('link', { name }).first()
const rows = (page: Page) => main(page).locator('.rows').first().getByRole('link')
const choose = (page: Page, question: string, name: string) =>
  answer(page, question, name).check({ force: true })

async function signedIn(phone: Phone, server: Server, account: Account): Promise<Page> {
  const page = await phone.open(server.origin)
  await logIn(page, account)
  await installed(page)
  await expect(page.getByText('All sent').first()).toBeVisible()
  return page
}

async function toPeople(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Help and more' }).first().click()
  await link(page, 'People you support').click()
  await expect(heading(page, 'People you support')).toBeVisible()
}

async function add(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code of the new person').fill(code)
  await button(page, 'Add person').click()
}

async function logWith(page: Page, code: string): Promise<void> {
  await page.getByRole('link', { name: 'Log', exact: true }).first().click()
  await tile(page, 'One-to-one').click()
  await choose(page, 'How long?', '45 min')
  await choose(page, 'How?', 'In person')
  await page.getByRole('button', { name: /^Person: / }).click()
  await expect(link(page, 'All people')).toBeVisible()
  await page.getByLabel('Another code').fill(code)
  await button(page, 'Use this code').click()
  await expect(answer(page, 'Who was it with?', code)).toBeChecked()
  await save(page).click()
  await expect(heading(page, 'What did you do?')).toBeVisible()
}

test('a person is added, logged with, given references and ended without signal, and brought back later', async () => {
  const server = await Server.start()
  const [phone, second] = [new Phone(PHONES.iphoneInstalled), new Phone(PHONES.androidInstalled)]
  const worker = server.account('worker')
  try {
    const page = await signedIn(phone, server, worker)
    await toPeople(page)
    await fitForAll(page)
    await server.stop()

    await add(page, 'Anna Example')
    await expect(main(page)).toContainText('Use a code, not a name')
    await add(page, NHS_NUMBER)
    await expect(main(page)).toContainText('an NHS number')
    await add(page, 'PLUM-91')
    await expect(heading(page, 'PLUM-91')).toBeVisible()
    await expect(main(page)).toContainText('You have no logs with this person')

    await logWith(page, 'PLUM-91')
    await toPeople(page)
    await expect(rows(page).first()).toContainText('PLUM-91')
    await expect(rows(page).first()).toContainText('Last log today')
    await page.getByLabel('Find a code').fill('plum')
    await expect(rows(page)).toHaveCount(1)
    await rows(page).first().click()
    await expect(rows(page).first()).toContainText('45 minutes')
    await fitForAll(page)

    await link(page, 'Change these').click()
    await page.getByLabel('Local patient reference').fill(NHS_NUMBER)
    await save(page).click()
    await expect(page.getByRole('alert')).toContainText(
      'Not an email, a date, a phone number or an NHS number',
    )
    await fitForAll(page)
    await page.getByLabel('Local patient reference').fill('L-4471')
    await page.getByLabel('Referral reference').fill('R9')
    await save(page).click()
    await expect(heading(page, 'PLUM-91')).toBeVisible()
    await expect(main(page)).toContainText('L-4471')

    await link(page, 'End support').click()
    await button(page, 'End support').click()
    await expect(page.getByRole('alert')).toContainText('Choose why it ended')
    await choose(page, 'Why did it end?', 'Planned ending')
    await fitForAll(page)
    await button(page, 'End support').click()
    await expect(page.getByRole('heading', { name: 'No longer supported' })).toBeVisible()

    await server.resume()
    await page.goto(`${server.origin}/waiting`)
    await expect(page.getByText('All sent').first()).toBeVisible()
    const other = await signedIn(second, server, worker)
    await toPeople(other)
    await link(other, /PLUM-91/).click()
    for (const text of ['L-4471', 'R9', 'Planned ending', '45 minutes'])
      await expect(main(other)).toContainText(text)
    await button(other, 'Bring back').click()
    await expect(main(other)).not.toContainText('Planned ending')
    await expect(other.getByText('All sent').first()).toBeVisible()
  } finally {
    await Promise.all([phone.end(), second.end()])
    await server.end()
  }
})

test('the same code made on two phones is one person after one plain question, and can be taken apart', async () => {
  const server = await Server.start()
  const [phone, second] = [new Phone(PHONES.iphone), new Phone(PHONES.iphone)]
  const worker = server.account('worker')
  try {
    const page = await signedIn(phone, server, worker)
    const other = await signedIn(second, server, worker)
    await other.context().route('**/api/**', (route) => route.abort())
    for (const one of [page, other]) {
      await toPeople(one)
      await add(one, 'PLUM-91')
      await expect(heading(one, 'PLUM-91')).toBeVisible()
    }
    await logWith(page, 'PLUM-91')
    await expect(page.getByText('All sent').first()).toBeVisible()
    await other.context().unroute('**/api/**')
    // Opened again, the app sends by itself.
    await other.goto(`${server.origin}/waiting`)
    await expect(other.getByText('All sent').first()).toBeVisible()

    await toPeople(other)
    const twins = link(other, /PLUM-91/)
    await expect(twins).toContainText('Two people have this code')
    await fitForAll(other)
    await twins.click()
    await link(other, 'Are they the same person?').click()
    await expect(main(other)).toContainText('Both have the code PLUM-91. Are they the same person?')
    await fitForAll(other)
    await button(other, 'Yes, the same person').click()
    await expect(main(other)).toContainText('Also under PLUM-91')
    await expect(rows(other).first()).toContainText('45 minutes')
    await fitForAll(other)
    await toPeople(other)
    await expect(main(other).getByRole('link', { name: /PLUM-91/ })).toHaveCount(1)
    await expect(other.getByText('All sent').first()).toBeVisible()

    // The other phone hears of it: one chip in the form, one row in the list.
    await page.goto(`${server.origin}/people`)
    await expect(main(page).getByRole('link', { name: /PLUM-91/ })).toHaveCount(1)
    await link(page, /PLUM-91/).click()
    await expect(rows(page).first()).toContainText('45 minutes')
    await page.getByRole('button', { name: /^Take apart ?: PLUM-91$/ }).click()
    await expect(main(page)).toContainText('Two people have this code')
  } finally {
    await Promise.all([phone.end(), second.end()])
    await server.end()
  }
})

test('where the service uses no codes, there is no page about people', async () => {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphone)
  try {
    const now = JSON.parse(server.command('service', 'settings', '--get'))
    const file = join(tmpdir(), `alongside-settings-${server.port}.json`)
    writeFileSync(file, JSON.stringify({ ...now, settings: { ...now.settings, person_codes: 'off' } }))
    server.command('service', 'settings', '--set', file)
    const page = await signedIn(phone, server, server.account('worker'))
    await page.goto(`${server.origin}/people`)
    await expect(heading(page, 'Page not found')).toBeVisible()
    await page.goto(`${server.origin}/help`)
    await expect(link(page, 'Log out')).toBeVisible()
    await expect(main(page).getByRole('link', { name: 'People you support' })).toHaveCount(0)
  } finally {
    await phone.end()
    await server.end()
  }
})
