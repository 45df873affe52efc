// The worker's other days: something to undo, to fix, to send again, to choose, to put right, to hide. With a thumb
// that counts its taps.
import { expect, type Page, test } from '@playwright/test'
import { PHONES, Phone, pause } from './browser'
import { Elsewhere } from './elsewhere'
import { fitForAll } from './looking'
import { answer, heading, installed, logIn, logOne, save, tile } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

interface Day {
  readonly page: Page
  readonly server: Server
  readonly phone: Phone
}

async function aDay(work: (day: Day) => Promise<void>, size = PHONES.iphoneInstalled): Promise<void> {
  const server = await Server.start()
  const phone = new Phone(size)
  try {
    const page = await phone.open(server.origin)
    await logIn(page, server.account('worker'))
    await installed(page)
    await expect(page.getByText('All sent')).toBeVisible()
    await work({ page, server, phone })
  } finally {
    await phone.end()
    await server.end()
  }
}

const tab = (page: Page, name: string) => page.locator('.tabs').getByRole('link', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const inMain = (page: Page, name: RegExp | string) =>
  page.getByRole('main').getByRole('link', { name }).first()
const news = (page: Page) => page.locator('.slot')
const status = (page: Page, text: string) => page.getByRole('link', { name: text })

const changeOf = (page: Page, question: string) =>
  page.getByRole('link', { name: new RegExp(`^Change ?: ${question}$`) })

/** The id of the log whose page is open. */
const idOf = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? ''

async function changeLength(page: Page, name: string): Promise<void> {
  await changeOf(page, 'How long').click()
  await answer(page, 'How long?', name).check({ force: true })
  await button(page, 'Save change').click()
  await expect(heading(page, 'My log')).toBeVisible()
}

test('a form that was not finished is there after the battery was pulled, with its answers', () =>
  aDay(async ({ page, server, phone }) => {
    await tile(page, 'One-to-one').click()
    await answer(page, 'How long?', '45 min').check({ force: true })
    await pause(1_000)
    await phone.kill()
    const again = await phone.open(server.origin)
    await expect(again.getByText('You have a log you did not finish. Carry on or delete it.')).toBeVisible()
    await again.getByRole('link', { name: 'Carry on' }).click()
    await expect(answer(again, 'How long?', '45 min')).toBeChecked()
  }))

test('Undo straight after saving is one tap, and nothing was saved', () =>
  aDay(async ({ page }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    const thumb = new Thumb(page)
    await thumb.tap(button(page, 'Undo'))
    await expect(news(page)).toHaveText('Undone. Nothing was saved.')
    expect([thumb.taps, thumb.scrolls]).toEqual([1, 0])
    await expect(page.getByText('All sent')).toBeVisible()
    await tab(page, 'My log').click()
    await expect(page.getByRole('heading', { level: 2, name: 'Today' })).toBeHidden()
  }))

test('a wrong length is fixed in five taps, and the log says that it was changed', () =>
  aDay(async ({ page }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    const thumb = new Thumb(page)
    await thumb.tap(tab(page, 'My log'))
    await thumb.tap(inMain(page, /One-to-one/))
    await thumb.tap(changeOf(page, 'How long'))
    await thumb.tap(answer(page, 'How long?', '1 hour'))
    await thumb.tap(button(page, 'Save change'))
    await expect(news(page)).toContainText('One-to-one, 1 hour, today.')
    expect(thumb.taps).toBe(5)
    expect(thumb.scrolls).toBeLessThanOrEqual(1)
    await expect(page.getByText('All sent')).toBeVisible()

    await inMain(page, /One-to-one/).click()
    await page.getByText('What happened to this log').click()
    const lines = page.getByRole('main').locator('.lines li')
    const when = /(?:logged|changed) this on \d{1,2} [A-Z][a-z]+, \d{1,2}:\d\d[ap]m\.$/
    await expect(lines).toHaveText([/^You logged this on /, /^You changed this on /])
    for (const line of await lines.allTextContents()) expect(line).toMatch(when)
    await fitForAll(page)
  }))

test('a log is deleted in four taps and brought back in four', () =>
  aDay(async ({ page }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    const away = new Thumb(page)
    await away.tap(tab(page, 'My log'))
    await away.tap(inMain(page, /One-to-one/))
    await away.tap(page.getByRole('link', { name: 'Delete this log' }))
    await expect(heading(page, 'Delete this log?')).toBeFocused()
    await away.tap(button(page, 'Delete log'))
    await expect(news(page)).toContainText('Deleted. You can bring it back for 30 days.')
    expect(away.taps).toBe(4)

    await tab(page, 'Log').click()
    const back = new Thumb(page)
    await back.tap(tab(page, 'My log'))
    await back.tap(inMain(page, 'Recently deleted'))
    await back.tap(inMain(page, /One-to-one/))
    await back.tap(button(page, 'Bring back'))
    await expect(news(page)).toHaveText('It is back in your log.')
    expect(back.taps).toBe(4)
    await expect(page.getByRole('heading', { level: 2, name: 'Today' })).toBeVisible()
  }))

test('after 30 days by the server’s clock a log cannot be brought back', () =>
  aDay(async ({ page, server }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    await tab(page, 'My log').click()
    await inMain(page, /One-to-one/).click()
    await expect(page.getByText('All sent')).toBeVisible()
    const id = idOf(page)
    const other = await Elsewhere.signIn(server, server.account('worker'))
    expect((await other.void(id, 1)).outcome).toBe('applied')
    // This phone only hears that it is deleted. The server says when: 31 days ago, as it would be told then.
    await page.context().route('**/history', async (route) => {
      const answer = await route.fetch()
      const heard = await answer.json()
      for (const change of heard.changes) change.received_at -= 31 * 86_400_000
      await route.fulfill({ response: answer, json: heard })
    })
    await page.goto(`${server.origin}/my-log/deleted`)
    await expect(page.getByText('Nothing deleted.')).toBeVisible()
    await page.goto(`${server.origin}/my-log/${id}`)
    await expect(page.getByText('It is too late to bring it back.')).toBeVisible()
    await expect(button(page, 'Bring back')).toBeHidden()
    await page.context().unroute('**/history')
    await page.goto(`${server.origin}/my-log/deleted`)
    await expect(inMain(page, /One-to-one/)).toBeVisible()
  }))

// How soon is measured by make bench: at most five seconds.
test('what was logged without signal sends by itself once there is signal, without a tap', () =>
  aDay(async ({ page, server }) => {
    await server.stop()
    await logOne(page, new Thumb(page), 'One-to-one')
    await expect(news(page)).toContainText('It is on this phone. It will send when you have signal.')
    await expect(page.getByText('No signal. You can still log. We will send it later.')).toBeVisible()
    await server.resume()
    await expect(page.getByText('All sent')).toBeVisible({ timeout: 60_000 })
  }))

test('waiting is two taps from anywhere: what waits, for what, and Send now', () =>
  aDay(async ({ page, server }) => {
    await logOne(page, new Thumb(page), 'Signposting')
    await expect(page.getByText('All sent')).toBeVisible()
    await server.stop()
    await logOne(page, new Thumb(page), 'One-to-one')
    await logOne(page, new Thumb(page), 'Discharge support')
    const thumb = new Thumb(page)
    await thumb.tap(status(page, '2 waiting to send'))
    await expect(heading(page, 'Waiting to send')).toBeFocused()
    await expect(page.getByRole('main')).toContainText('Waits for signal')
    await expect(page.getByRole('main')).toContainText(/Last sent today at \d{1,2}:\d\d[ap]m\./)
    await thumb.tap(button(page, 'Send now'))
    await expect(page.getByRole('main')).toContainText(
      'We could not send just now. Nothing is lost. We will try again. You can also tap Send now.',
    )
    expect([thumb.taps, thumb.scrolls]).toEqual([2, 0])
    await fitForAll(page)
    await server.resume()
    await expect(page.getByRole('main')).toContainText(/All sent\. Last sent today at \d{1,2}:\d\d[ap]m\./)
  }))

test('what is on its way over a slow link is counted', () =>
  aDay(async ({ page }) => {
    let letGo = () => {}
    const held = new Promise<void>((done) => {
      letGo = done
    })
    await page.context().route('**/api/sync/push', async (route) => {
      await held
      await route.continue()
    })
    await logOne(page, new Thumb(page), 'One-to-one')
    await logOne(page, new Thumb(page), 'Signposting')
    await status(page, '2 waiting to send').click()
    await expect(page.getByRole('main')).toContainText('Sending 1 of 2.')
    letGo()
    await expect(page.getByRole('main')).toContainText(/All sent\. Last sent today/)
  }))

test('after three days the Log screen says so, and one tap sends', () =>
  aDay(async ({ page, server }) => {
    await server.stop()
    const days = 86_400_000
    await page.clock.install({ time: Date.now() - 3 * days - 60_000 })
    await page.goto(server.origin)
    await logOne(page, new Thumb(page), 'One-to-one')
    await page.clock.setSystemTime(Date.now())
    await tab(page, 'My log').click()
    await tab(page, 'Log').click()
    await expect(news(page)).toContainText(
      'These have been waiting 3 days. Connect to wifi or mobile data, then tap Send now.',
    )
    await server.resume()
    await button(page, 'Send now').click()
    await page.clock.runFor(10_000)
    await expect(page.getByText('Nothing waiting')).toBeHidden()
    await expect(page.getByRole('main')).toContainText('All sent.')
  }))

test('a log that needs a look opens on its one question: three taps', () =>
  aDay(async ({ page, server }) => {
    // The phone is two days ahead: its today is the future.
    await page.clock.setFixedTime(Date.now() + 2 * 86_400_000)
    await page.goto(server.origin)
    await logOne(page, new Thumb(page), 'One-to-one')
    await expect(page.getByText('1 needs a look')).toBeVisible()
    const thumb = new Thumb(page)
    await thumb.tap(status(page, '1 needs a look'))
    await expect(heading(page, 'This log needs a look')).toBeFocused()
    await expect(page.getByRole('main')).toContainText(
      'The date is in the future. Choose today or a day before.',
    )
    await expect(page.getByRole('main')).toContainText(
      'Your phone’s date looks wrong. Check it in settings, then tap Send now.',
    )
    await expect(page.getByRole('group')).toHaveCount(2)
    await fitForAll(page)
    await thumb.tap(answer(page, 'When was it?', 'Today'))
    await thumb.tap(button(page, 'Send now'))
    await expect(page.getByText('All sent')).toBeVisible()
    expect([thumb.taps, thumb.scrolls]).toEqual([3, 0])
  }))

test('a log of a closed month says which month, and can be kept or sent when it is open again', () =>
  aDay(async ({ page, server }) => {
    const now = new Date()
    const last = new Date(Date.UTC(now.getFullYear(), now.getMonth(), 0))
    const month = last.toISOString().slice(0, 7)
    const name = last.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' })
    const lead = await Elsewhere.signIn(server, server.account('lead'))
    await lead.closeMonth(month)
    await page.goto(`${server.origin}/my-log?month=${month}`)
    await inMain(page, /minutes|hour/).click()
    await changeOf(page, 'How long').click()
    await answer(page, 'How long?', '1½ hours').check({ force: true })
    await button(page, 'Save change').click()
    await button(page, 'Save it anyway').click()
    await status(page, '1 needs a look').click()
    await expect(page.getByRole('main')).toContainText(
      `${name} is closed for changes. Your team lead can reopen it. Ask them, or keep this log on your phone for now.`,
    )
    await fitForAll(page)
    await page.getByRole('link', { name: 'Keep it on this phone for now' }).click()
    await expect(status(page, '1 needs a look')).toBeVisible()
    await lead.closeMonth(month, false)
    await status(page, '1 needs a look').click()
    await button(page, 'Save and send').click()
    await expect(page.getByText('All sent')).toBeVisible()
  }))

test('a log changed in two places is settled in four taps, and the other copy can be used instead', () =>
  aDay(async ({ page, server }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    await expect(page.getByText('All sent')).toBeVisible()
    await tab(page, 'My log').click()
    await inMain(page, /One-to-one/).click()
    const other = await Elsewhere.signIn(server, server.account('worker'))
    expect((await other.amend(idOf(page), 1, { minutes: 90 })).outcome).toBe('applied')
    await changeLength(page, '30 min')
    await expect(status(page, '1 changed in two places')).toBeVisible()

    const thumb = new Thumb(page)
    await thumb.tap(status(page, '1 changed in two places'))
    await thumb.tap(inMain(page, /One-to-one/))
    await expect(heading(page, 'This log was changed in two places')).toBeFocused()
    await expect(page.getByRole('main')).toContainText(
      'You changed it on this phone. It was also changed on another device. Choose the one to keep. We keep a copy of the other one for 30 days.',
    )
    await expect(page.getByText('different')).toHaveCount(2)
    await fitForAll(page)
    await thumb.tap(page.getByLabel('Keep the one on the other device'))
    await thumb.tap(save(page))
    await expect(news(page)).toHaveText('Settled. The one you chose is kept.')
    expect(thumb.taps).toBe(4)
    expect(thumb.scrolls).toBeLessThanOrEqual(1)
    await expect(page.getByText('All sent')).toBeVisible()

    await inMain(page, 'Recently deleted').click()
    await expect(inMain(page, /30 minutes.*Kept until \d{1,2} [A-Z][a-z]+ \d{4}/)).toBeVisible()
    await fitForAll(page)
    await inMain(page, /30 minutes/).click()
    await expect(heading(page, 'The other copy')).toBeFocused()
    await fitForAll(page)
    await button(page, 'Use this one instead').click()
    await expect(inMain(page, /One-to-one.*30 minutes/)).toBeVisible()
    await expect(page.getByText('All sent')).toBeVisible()
    await inMain(page, 'Recently deleted').click()
    await expect(inMain(page, /1½ hours.*Kept until/)).toBeVisible()
  }))

test('a log-in that ran out without signal keeps every answer, and one tap leads to logging in', () =>
  aDay(async ({ page, server }) => {
    await server.stop()
    await logOne(page, new Thumb(page), 'One-to-one')
    await page.context().clearCookies()
    await server.resume()
    const banner = 'Please log in again to send. Your logs are safe on this phone. You can keep logging.'
    await tab(page, 'My log').click()
    await tab(page, 'Log').click()
    await expect(news(page)).toContainText(banner, { timeout: 15_000 })
    await status(page, '1 waiting to send').click()
    await expect(page.getByRole('main')).toContainText('Waits until you log in again')
    await tab(page, 'Log').click()
    const thumb = new Thumb(page)
    await thumb.tap(news(page).getByRole('link', { name: 'Log in' }))
    expect(thumb.taps).toBe(1)
    await logIn(page, server.account('worker'))
    await expect(page.getByText('All sent')).toBeVisible()
  }))

test('three sessions of yesterday are put right in eleven taps at most', () =>
  aDay(async ({ page }) => {
    const thumb = new Thumb(page)
    await thumb.tap(tab(page, 'My log'))
    await thumb.tap(page.getByRole('link', { name: /^Add for (yesterday|this day: Yesterday)/ }))
    await expect(page.getByRole('main')).toContainText('You are logging for yesterday.')
    await fitForAll(page)
    await logOne(page, thumb, 'One-to-one')
    for (const place of [1, 2]) {
      const again = page.getByRole('region', { name: 'Log again' }).getByRole('link')
      await thumb.tap(again.nth(place))
      await expect(heading(page, 'Check and save')).toBeVisible()
      // How many came to a group is asked each time.
      const came = page.getByRole('group', { name: 'How many people came?' })
      if (await came.isVisible()) await thumb.tap(came.getByLabel('8', { exact: true }))
      await thumb.tap(save(page))
      await expect(news(page)).toContainText('yesterday.')
    }
    expect(thumb.taps).toBeLessThanOrEqual(11)
    expect(thumb.scrolls).toBeLessThanOrEqual(3)
    await button(page, 'Undo').click()
    await expect(news(page)).toContainText('Undone.')
    await expect(page.getByRole('main')).toContainText('You are logging for yesterday.')
    await page.getByRole('link', { name: 'Back to today' }).click()
    await expect(page.getByText('You are logging for')).toBeHidden()
    await expect(heading(page, 'What did you do?')).toBeFocused()
    await tile(page, 'One-to-one').click()
    await expect(page.getByRole('button', { name: /^When: Today/ })).toBeVisible()
  }))

/** What the eye meets, point by point. */
function onTop(): string[] {
  const found = new Set<string>()
  for (let x = 0; x < innerWidth; x += 15) {
    for (let y = 0; y < innerHeight; y += 15) {
      found.add(document.elementFromPoint(x, y)?.closest('dialog')?.tagName ?? 'something else')
    }
  }
  return [...found]
}

test('the screen is hidden by one tap and comes back by one, with every answer, in a form too', () =>
  aDay(async ({ page }) => {
    const thumb = new Thumb(page)
    await thumb.tap(page.getByRole('button', { name: 'Hide the screen' }))
    await expect(heading(page, 'Alongside')).toBeVisible()
    expect(await page.evaluate(onTop)).toEqual(['DIALOG'])
    await fitForAll(page)
    expect([thumb.taps, thumb.scrolls]).toEqual([1, 0])
    expect(await page.title()).toBe('Alongside')
    await thumb.tap(button(page, 'Come back'))
    await expect(page.getByRole('button', { name: 'Hide the screen' })).toBeFocused()

    await tile(page, 'One-to-one').click()
    await answer(page, 'How long?', '45 min').check({ force: true })
    await page.getByRole('button', { name: 'Hide the screen' }).last().click()
    await button(page, 'Come back').click()
    await expect(answer(page, 'How long?', '45 min')).toBeChecked()
  }))

test('My log is searched by activity and by month, and Back returns to what was sought', () =>
  aDay(async ({ page }) => {
    await tab(page, 'My log').click()
    const rows = page.getByRole('main').locator('a.row')
    await expect(rows.first()).toBeVisible()
    await page.getByRole('textbox', { name: /^Activity/ }).fill('signpost')
    await expect(page.getByText(/^\d+ logs? found\.$/)).toBeVisible()
    for (const text of await rows.allTextContents()) expect(text).toContain('Signposting')
    await fitForAll(page)
    const months = page.getByLabel('Month')
    await months.selectOption({ index: 1 })
    const said = await page.getByText(/logs? found\.$/).textContent()
    await rows.first().click()
    await expect(heading(page, 'Signposting')).toBeVisible()
    await page.getByRole('button', { name: 'Back' }).click()
    await expect(page.getByText(said ?? '')).toBeVisible()
    await page.getByRole('textbox', { name: /^Activity/ }).fill('nothing like it')
    await expect(page.getByText('No logs found.')).toBeVisible()
  }))

test('the same log twice is asked about once, and a very long session on a page of its own', () =>
  aDay(async ({ page }) => {
    await logOne(page, new Thumb(page), 'One-to-one')
    await tile(page, 'One-to-one').click()
    await answer(page, 'How long?', '45 min').check({ force: true })
    await answer(page, 'How?', 'In person').check({ force: true })
    await save(page).click()
    await expect(page.getByText('You logged the same thing a moment ago. Save it again?')).toBeVisible()
    await button(page, 'Go back').click()
    await expect(save(page)).toBeFocused()
    await answer(page, 'How long?', 'Other').check({ force: true })
    await page.getByLabel('Minutes, like 25').fill('540')
    await save(page).click()
    await expect(heading(page, 'You have logged 9 hours for one session. Is that right?')).toBeFocused()
    await fitForAll(page)
    await button(page, 'Change').click()
    await answer(page, 'How long?', '45 min').check({ force: true })
    await save(page).click()
    await expect(news(page)).toContainText('One-to-one, 45 minutes, today.')
  }))
