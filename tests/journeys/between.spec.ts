// Between a tap and the page that it leads to nothing else is shown: no page that says that something is missing.
import { expect, type Page, test } from '@playwright/test'
import { AWorker, daysAgo } from './a-worker'
import { PHONES, Phone } from './browser'
import { Elsewhere } from './elsewhere'
import { answer, heading, logIn, logOne, save } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

/** Everything that the page has said since this was called, as each change of it left it. */
async function watch(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const look = () => said.push(document.querySelector('main')?.textContent ?? '')
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'))
}

async function withPhone(work: (page: Page, server: Server) => Promise<void>): Promise<void> {
  const server = await Server.start()
  const phone = new Phone(PHONES.iphone)
  try {
    await work(await phone.open(server.origin), server)
  } finally {
    await phone.end()
    await server.end()
  }
}

const main = (page: Page) => page.getByRole('main')
const tab = (page: Page, name: string) => page.locator('.tabs').getByRole('link', { name, exact: true })

test('a log that is deleted leads to My log, and so does a copy that is used after all', () =>
  withPhone(async (page, server) => {
    await logIn(page, server.account('worker'))
    await logOne(page, new Thumb(page), 'One-to-one')
    await expect(page.getByText('All sent')).toBeVisible()
    await tab(page, 'My log').click()
    await main(page)
      .getByRole('link', { name: /One-to-one/ })
      .first()
      .click()
    await page.getByRole('link', { name: 'Delete this log' }).click()
    let said = await watch(page)
    await page.getByRole('button', { name: 'Delete log' }).click()
    await expect(page.getByText('Deleted. You can bring it back for 30 days.')).toBeVisible()
    expect(await said()).not.toContain('Page not found')

    await page.goto(server.origin)
    await logOne(page, new Thumb(page), 'Discharge support')
    await tab(page, 'My log').click()
    await main(page)
      .getByRole('link', { name: /Discharge support/ })
      .first()
      .click()
    await expect(page.getByText('All sent')).toBeVisible()
    const id = new URL(page.url()).pathname.split('/')[2] ?? ''
    const other = await Elsewhere.signIn(server, server.account('worker'))
    await expect.poll(() => other.knows(id)).toBe(true)
    await other.amend(id, 1, { minutes: 90 })
    await page.getByRole('link', { name: /^Change ?: How long$/ }).click()
    await answer(page, 'How long?', '15 min').check({ force: true })
    await page.getByRole('button', { name: 'Save change' }).click()
    await page.getByRole('link', { name: '1 changed in two places' }).click()
    await main(page)
      .getByRole('link', { name: /Discharge support/ })
      .click()
    await page.getByLabel('Keep the one on the other device').check({ force: true })
    said = await watch(page)
    await save(page).click()
    await main(page).getByRole('link', { name: 'Recently deleted' }).click()
    expect(await said()).not.toContain('was deleted on another device')
    await main(page)
      .getByRole('link', { name: /Kept until/ })
      .click()
    said = await watch(page)
    await page.getByRole('button', { name: 'Use this one instead' }).click()
    await expect(page.getByText('Settled. The other copy is used now.')).toBeVisible()
    expect(await said()).not.toContain('Page not found')
  }))

test('a lead who decides is led back to the list, and is not told in between that there is nothing to decide', () =>
  withPhone(async (page, server) => {
    const worker = await AWorker.signedIn(server, server.account('worker'), 'Work phone')
    await worker.log(daysAgo(70), 37)
    await logIn(page, server.account('lead'))
    await page.goto(`${server.origin}/team/decisions`)
    await main(page)
      .getByRole('link', { name: /One-to-one/ })
      .click()
    await expect(heading(page, 'One-to-one')).toBeVisible()
    const said = await watch(page)
    await page.getByRole('button', { name: 'Accept it' }).click()
    await expect(page.getByText('Accepted. It is in')).toBeVisible()
    expect(await said()).not.toContain('This one was decided')
  }))
