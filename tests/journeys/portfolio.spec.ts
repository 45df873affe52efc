// What a worker writes for nobody else: written without signal, still there after the battery was pulled, sent, read
// on their second phone, and never seen by the lead.
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { LAPTOP, PHONES, Phone, pause } from './browser'
import { fitForAll } from './looking'
import { heading, installed, logIn } from './people'
import { type Account, Server } from './server'

// Phones that are killed and started again, and a laptop beside them.
test.describe.configure({ timeout: 180_000 })

const WORDS = 'I stayed quiet for longer than felt easy, and she found her own words.'
const MORE = `${WORDS} Next time I will ask sooner whether quiet helps.`

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const link = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name }).first()
const writing = (page: Page) => page.getByLabel('What do you want to keep?')
const main = (page: Page) => page.getByRole('main')

async function signedIn(phone: Phone, server: Server, account: Account): Promise<Page> {
  const page = await phone.open(server.origin)
  await logIn(page, account)
  await installed(page)
  return page
}

/** Everything that the server keeps, as text. */
function onDisk(server: Server): string {
  return ['', '-wal'].map((end) => readFileSync(`${server.database}${end}`).toString('latin1')).join('')
}

test('a reflection is written without signal, survives the battery, is sent, and is read on the second phone', async () => {
  const server = await Server.start()
  const [phone, second, laptop] = [
    new Phone(PHONES.iphone),
    new Phone(PHONES.androidInstalled),
    new Phone(LAPTOP),
  ]
  const worker = server.account('worker')
  try {
    await signedIn(phone, server, worker)
    // Browsers write down their cookies when they are closed.
    await phone.close()
    let page = await phone.open(server.origin)
    await page.getByRole('link', { name: 'Help and more' }).first().click()
    await link(page, 'My portfolio').click()
    await expect(heading(page, 'My portfolio')).toBeVisible()
    await expect(main(page)).toContainText('Only you can see this page.')
    await expect(main(page)).toContainText('You have not written anything yet.')
    await fitForAll(page)

    await server.stop()
    await link(page, 'Write a reflection').click()
    await writing(page).fill(WORDS)
    await fitForAll(page)
    await pause(1_000)
    await phone.kill()

    page = await phone.open(`${server.origin}/portfolio`)
    await expect(main(page)).toContainText('Not saved yet')
    await link(page, 'Carry on writing').click()
    await expect(writing(page)).toHaveValue(WORDS)
    await writing(page).fill(MORE)
    await button(page, 'Save').click()
    await expect(page.getByText('Saved on this phone.', { exact: false })).toBeVisible()
    await expect(main(page)).toContainText(MORE)
    await pause(1_000)
    await phone.kill()

    page = await phone.open(`${server.origin}/waiting`)
    await expect(main(page)).toContainText(WORDS)
    await expect(page.getByText('1 waiting to send').first()).toBeVisible()
    await server.resume()
    await button(page, 'Send now').click()
    await expect(page.getByText('All sent').first()).toBeVisible()
    expect(onDisk(server)).not.toContain('longer than felt easy')

    const other = await signedIn(second, server, worker)
    await other.goto(`${server.origin}/portfolio`)
    await expect(main(other)).toContainText(MORE)
    await other.emulateMedia({ media: 'print' })
    await expect(main(other)).toContainText(MORE)
    await expect(button(other, 'Print this page')).toBeHidden()
    await other.emulateMedia({ media: 'screen' })

    const lead = await signedIn(laptop, server, server.account('lead'))
    for (const path of ['/portfolio', '/team', '/team/entries', '/team/decisions']) {
      await lead.goto(`${server.origin}${path}`)
      await expect(lead.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(lead.getByText('Getting things ready.')).toHaveCount(0)
      await expect(main(lead)).not.toContainText('longer than felt easy')
    }
  } finally {
    await Promise.all([phone.end(), second.end(), laptop.end()])
    await server.end()
  }
})

test('a reflection is changed on two phones, both texts are shown, and the one that is not chosen stays', async () => {
  const server = await Server.start()
  const [phone, second] = [new Phone(PHONES.iphone), new Phone(PHONES.iphone)]
  const worker = server.account('worker')

  async function change(page: Page, text: string): Promise<void> {
    await page.goto(`${server.origin}/portfolio`)
    await main(page).locator('.reflection').first().getByRole('link').click()
    await link(page, 'Change it').click()
    await writing(page).fill(text)
    await button(page, 'Save').click()
    await expect(heading(page, 'My portfolio')).toBeVisible()
  }

  try {
    const page = await signedIn(phone, server, worker)
    await page.goto(`${server.origin}/portfolio/new`)
    await writing(page).fill('As it was first.')
    await button(page, 'Save').click()
    await expect(page.getByText('All sent').first()).toBeVisible()
    const other = await signedIn(second, server, worker)
    await other.goto(`${server.origin}/portfolio`)
    await expect(main(other)).toContainText('As it was first.')
    await change(other, 'As the second phone has it.')
    await expect(other.getByText('All sent').first()).toBeVisible()

    await page.route('**/api/sync/pull', (route) => route.abort())
    await change(page, 'As the first phone has it.')
    await page.unroute('**/api/sync/pull')
    await expect(main(page)).toContainText('Changed in two places')
    await main(page).locator('.reflection').first().getByRole('link').click()
    await link(page, 'Which one do you want to keep?').click()
    await expect(main(page)).toContainText('As the first phone has it.')
    await expect(main(page)).toContainText('As the second phone has it.')
    await fitForAll(page)
    await page.getByLabel('The one from this phone').check({ force: true })
    await button(page, 'Save').click()
    await expect(main(page)).toContainText('As the first phone has it.')
    await link(page, 'Deleted reflections').click()
    await expect(main(page)).toContainText('As the second phone has it.')
    await fitForAll(page)

    await page.goto(`${server.origin}/portfolio`)
    await main(page).locator('.reflection').first().getByRole('link').click()
    await link(page, 'Delete it').click()
    await fitForAll(page)
    await button(page, 'Yes, delete it').click()
    await expect(main(page)).toContainText('You have not written anything yet.')
    await link(page, 'Deleted reflections').click()
    await main(page)
      .getByRole('link', { name: /As the first phone/ })
      .click()
    await button(page, 'Bring back').click()
    await expect(main(page)).toContainText('As the first phone has it.')
  } finally {
    await Promise.all([phone.end(), second.end()])
    await server.end()
  }
})
