// A team lead looks after the team: decides what waits, closes a month, sees a quiet phone, deletes a wrong entry.
import { expect, type Page, test } from '@playwright/test'
import { AWorker, contactsSince, daysAgo } from './a-worker'
import { LAPTOP, PHONES, Phone } from './browser'
import { contactsByKind } from './figures'
import { answer, heading, installed, logIn, save } from './people'
import { Server } from './server'

/** Somebody leads the team, on a laptop or a phone; the server has what `before` put there. */
async function asLead(
  size: (typeof PHONES)['iphone'] | typeof LAPTOP,
  before: (server: Server) => Promise<void>,
  journey: (page: Page, server: Server) => Promise<void>,
): Promise<void> {
  const server = await Server.start()
  const phone = new Phone(size)
  try {
    await before(server)
    const page = await phone.open(server.origin)
    await logIn(page, server.account('lead'))
    await expect(heading(page, 'Team summary')).toBeVisible()
    await journey(page, server)
  } finally {
    await phone.end()
    await server.end()
  }
}

const open = (page: Page, name: RegExp) => page.getByRole('main').getByRole('link', { name }).first().click()
const status = (page: Page, text: string) => page.getByRole('status').getByText(text)

test('what a worker logged too far back waits for the lead, who sees it, accepts it, and it counts', async () => {
  const day = daysAgo(70)
  await asLead(
    PHONES.iphone,
    async (server) => {
      const worker = await AWorker.signedIn(server, server.account('worker'), 'Work phone')
      expect(await worker.log(day, 37)).toMatchObject({ outcome: 'conflict' })
      expect(await worker.log(daysAgo(71), 55)).toMatchObject({ outcome: 'conflict' })
    },
    async (page, server) => {
      const { name } = server.account('worker')
      const counted = await contactsSince(server, daysAgo(80))
      await open(page, /Needs a decision/)
      await expect(heading(page, 'Needs a decision')).toBeVisible()
      const waiting = page.getByRole('main').getByRole('link', { name: /One-to-one/ })
      await expect(waiting).toHaveCount(2)
      await expect(waiting.first()).toContainText(name)
      await waiting.filter({ hasText: '37 minutes' }).click()

      const main = page.getByRole('main')
      await expect(heading(page, 'One-to-one')).toBeVisible()
      await expect(main).toContainText('It came long after the day.')
      await expect(main).toContainText('37 minutes')
      await expect(main).toContainText('This log does not count anywhere yet.')
      await main.getByRole('button', { name: 'Accept it' }).click()
      await expect(status(page, `Accepted. It is in ${name}’s log and it counts.`)).toBeVisible()
      await expect(waiting).toHaveCount(1)
      expect(await contactsSince(server, daysAgo(80))).toBe(counted + 1)

      await waiting.click()
      await main.getByRole('button', { name: 'Leave it out' }).click()
      await main.getByRole('button', { name: 'Leave it out' }).click()
      await expect(main).toContainText('Nothing needs a decision.')
      expect(await contactsSince(server, daysAgo(80))).toBe(counted + 1)
      // It is the worker's: the lead's own log does not have it.
      await page.goto(`${server.origin}/my-log`)
      await expect(heading(page, 'My log')).toBeVisible()
      await expect(page.getByText('37 minutes')).toHaveCount(0)
    },
  )
})

test('a lead closes a month; what comes for it waits until the month is open again', async () => {
  await asLead(
    LAPTOP,
    async () => undefined,
    async (page, server) => {
      const first = new Date(`${daysAgo(0).slice(0, 7)}-01T12:00:00Z`)
      first.setUTCDate(0)
      const day = first.toISOString().slice(0, 10)
      const month = first.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
      const counted = await contactsSince(server, daysAgo(100))

      await open(page, /^Months/)
      const row = page.getByRole('listitem').filter({ hasText: month })
      await expect(
        page.getByRole('listitem').filter({ hasText: 'Not over yet' }).getByRole('button'),
      ).toHaveCount(0)
      await row.getByRole('button', { name: `Close ${month}` }).click()
      await expect(row).toContainText('Logs for it will wait for you until you reopen it.')
      await row.getByRole('button', { name: 'Close it' }).click()
      await expect(row).toContainText('Closed by you')

      const worker = await AWorker.signedIn(server, server.account('worker'), 'Work phone')
      expect(await worker.log(day, 35)).toMatchObject({ outcome: 'conflict' })
      await page.goto(`${server.origin}/team/decisions`)
      await open(page, /One-to-one/)
      await expect(page.getByRole('main')).toContainText(`${month} is closed for changes.`)
      await expect(page.getByRole('button', { name: 'Accept it' })).toHaveCount(0)
      await page.getByRole('link', { name: 'See the months' }).click()
      await row.getByRole('button', { name: `Reopen ${month}` }).click()
      await row.getByRole('button', { name: 'Reopen it' }).click()
      await expect(row).toContainText('Open')

      await page.goto(`${server.origin}/team/decisions`)
      await open(page, /One-to-one/)
      await page.getByRole('button', { name: 'Accept it' }).click()
      await expect(page.getByRole('main')).toContainText('Nothing needs a decision.')
      expect(await contactsSince(server, daysAgo(100))).toBe(counted + 1)
    },
  )
})

test('a worker hears of a closed month before saving, and may save all the same', async () => {
  const server = await Server.start()
  const [desk, phone] = [new Phone(LAPTOP), new Phone(PHONES.iphone)]
  try {
    const lead = await desk.open(`${server.origin}`)
    await logIn(lead, server.account('lead'))
    await lead.goto(`${server.origin}/team/months`)
    const row = lead.getByRole('listitem').nth(1)
    await row.getByRole('button').click()
    await row.getByRole('button', { name: 'Close it' }).click()
    await expect(row).toContainText('Closed by you')

    const page = await phone.open(server.origin)
    await logIn(page, server.account('worker'))
    await installed(page)
    // The last day of the month that was closed.
    const last = new Date(`${daysAgo(0).slice(0, 7)}-01T12:00:00Z`)
    last.setUTCDate(0)
    const heard = page.waitForResponse(/\/api\/directory$/)
    await page.goto(`${server.origin}/log/one-to-one?day=${last.toISOString().slice(0, 10)}`)
    await heard
    await answer(page, 'How long?', '45 min').check({ force: true })
    await answer(page, 'How?', 'In person').check({ force: true })
    await save(page).click()
    await expect(page.getByText('is closed for changes. You can choose another day.')).toBeVisible()
    await page.getByRole('button', { name: 'Save it anyway' }).click()
    await expect(heading(page, 'What did you do?')).toBeVisible()
    await lead.goto(`${server.origin}/team/decisions`)
    await expect(lead.getByRole('main').getByRole('link', { name: /One-to-one/ })).toHaveCount(1)
  } finally {
    await desk.end()
    await phone.end()
    await server.end()
  }
})

test('a lead sees a phone that has gone quiet, and how much it may hold', async () => {
  await asLead(
    PHONES.iphone,
    async (server) => {
      const worker = await AWorker.signedIn(server, server.account('worker'), 'Old phone')
      const oldest_pending_at = Date.now() - 9 * 86_400_000
      await worker.log(daysAgo(1), 25, { issued: 5, pending: 2, oldest_pending_at })
    },
    async (page, server) => {
      await open(page, /^Phones/)
      const quiet = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Gone quiet' }) })
      const row = quiet.getByRole('listitem').filter({ hasText: 'Old phone' })
      await expect(row).toContainText(server.account('worker').name)
      await expect(row).toContainText('2 waiting to send, since')
      await expect(row).toContainText('2 entries may be lost')
      await server.stop()
      await page.reload()
      await expect(page.getByText('This page needs signal.', { exact: false }).first()).toBeVisible()
    },
  )
})

test('a lead looks at the team’s entries, deletes one with a reason, and brings it back', async () => {
  await asLead(
    PHONES.iphone,
    async (server) => {
      const worker = await AWorker.signedIn(server, server.account('worker'), 'Work phone')
      await worker.log(daysAgo(0), 47)
    },
    async (page, server) => {
      const counted = async () => Number((await contactsByKind(server, 'lead')).get('one_to_one'))
      const before = await counted()
      await open(page, /Entries of the team/)
      await expect(page.getByText('That you looked is noted', { exact: false })).toBeVisible()
      const row = page.getByRole('main').getByRole('link', { name: /47 minutes/ })
      await row.click()
      await page.getByRole('button', { name: 'Delete this log' }).click()
      await expect(page.getByRole('alert')).toContainText('Say in a few words why it is deleted')
      await page.getByLabel('Why is it deleted?').fill('Logged twice')
      await page.getByRole('button', { name: 'Delete this log' }).click()
      await expect(status(page, 'Deleted. You can bring it back.')).toBeVisible()
      await expect(row).toContainText('Deleted')
      expect(await counted()).toBe(before - 1)
      await row.click()
      await page.getByRole('button', { name: 'Bring back' }).click()
      await expect(status(page, 'It is back, and it counts again.')).toBeVisible()
      expect(await counted()).toBe(before)
    },
  )
})
