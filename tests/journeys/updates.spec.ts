// A new version of the app: it interrupts nothing, loses nothing, and no open page misses a part of its own version.
import { expect, type Page, test } from '@playwright/test'
import { PHONES, Phone } from './browser'
import { Checkout } from './checkout'
import { answer, heading, installed, logIn, logOne, save, tile } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

const OLD = '2030.1.1'
const NEW = '2030.1.2'
const READY = 'A new version is ready. It takes a few seconds. Your logs are safe.'

test('a new version waits, spares the form in another tab, keeps its parts, and takes every log along', async () => {
  test.setTimeout(180_000)
  const checkout = new Checkout()
  checkout.build(OLD)
  checkout.build(NEW)
  checkout.deploy(OLD)
  const server = await Server.start(checkout.folder)
  const phone = new Phone(PHONES.iphone)
  try {
    const first = await phone.open(server.origin)
    await logIn(first, server.account('lead'))
    await installed(first)
    await first.goto(server.origin)
    const old = await running(first)
    // Nothing is sent, so that the outbox has something to lose.
    await first.context().route('**/api/sync/push', (route) => route.abort())
    await logOne(first, new Thumb(first), 'One-to-one')
    const form = await first.context().newPage()
    await form.setViewportSize(PHONES.iphone)
    await form.goto(server.origin)
    await tile(form, 'Signposting').click()
    await answer(form, 'What was it about?', 'Housing').check({ force: true })

    checkout.deploy(NEW)
    await lookForNew(first)
    await first.getByRole('navigation').getByRole('link', { name: 'My log' }).last().click()
    await expect(first.getByText(READY)).toBeVisible()
    await expect(form.getByText(READY)).toBeHidden()

    // A part that the open page has not needed so far, and that the server does not have any more.
    const gone = checkout.parts(OLD).find((part) => /\/team-.+\.js$/.test(part)) ?? ''
    expect(checkout.parts(NEW)).not.toContain(gone)
    expect((await fetch(server.origin + gone)).status).toBe(404)
    await first.getByRole('navigation').getByRole('link', { name: 'Team' }).last().click()
    await expect(heading(first, 'Team summary')).toBeVisible()
    await expect(first.getByRole('table').first()).toBeVisible()

    // Later is until the next start of the app, on every page and after loading it again.
    await first.getByRole('button', { name: 'Later' }).click()
    await first.goto(`${server.origin}/my-log`)
    await expect(heading(first, 'My log')).toBeVisible()
    await expect(first.getByText(READY)).toBeHidden()
    expect(await running(first)).toBe(old)

    const third = await first.context().newPage()
    await third.setViewportSize(PHONES.iphone)
    await third.goto(server.origin)
    await third.getByRole('button', { name: 'Update now' }).click()
    await expect.poll(() => running(third)).not.toBe(old)
    await expect.poll(() => running(first)).not.toBe(old)
    const fresh = await running(third)
    await expect.poll(() => running(first)).toBe(fresh)
    expect(await running(form), 'the form was not interrupted').toBe(old)
    await expect(answer(form, 'What was it about?', 'Housing')).toBeChecked()
    const status = await form.evaluate(async (part) => (await fetch(part)).status, gone)
    expect(status, 'a part of the version that the form was opened with').toBe(200)

    await answer(form, 'What did you do?', 'Gave information').check({ force: true })
    await answer(form, 'How long?', '15 min').check({ force: true })
    await answer(form, 'How?', 'Phone').check({ force: true })
    await save(form).click()
    await expect(form.getByRole('button', { name: 'Undo' })).toBeVisible()
    expect(await running(form), 'Undo was not taken away').toBe(old)
    await form.getByRole('navigation').getByRole('link', { name: 'My log' }).last().click()
    await expect.poll(() => running(form)).toBe(fresh)

    await expect(form.getByRole('link', { name: '2 waiting to send' })).toBeVisible()
    await form.context().unroute('**/api/sync/push')
    await form.reload()
    await expect(form.getByText('All sent')).toBeVisible({ timeout: 30_000 })

    // Later, and the app is started anew: the waiting version is there without another word.
    checkout.deploy(OLD)
    await lookForNew(form)
    await form.goto(`${server.origin}/my-log`)
    await form.getByRole('button', { name: 'Later' }).click()
    await phone.close()
    const again = await phone.open(server.origin)
    await expect.poll(() => running(again)).toBe(old)
  } finally {
    await phone.end()
    await server.end()
    checkout.end()
  }
})

/** Which version this page is, by the address of its script. Empty while it loads. */
const running = (page: Page) =>
  page
    .evaluate(() => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '')
    .catch(() => '')

/** Browsers look when a page is loaded, and the app when it comes back into view after an hour. */
async function lookForNew(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    while (!registration.waiting) await new Promise((wake) => setTimeout(wake, 50))
  })
}
