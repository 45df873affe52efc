// Those who look at the work of others: a lead at the team, its decisions, phones, months and entries; an analyst and an
// admin at the figures of the service.
import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { adminWords } from '../../pwa/src/words/admin'
import { decidedWords } from '../../pwa/src/words/decided'
import { words } from '../../pwa/src/words/en'
import { leadWords } from '../../pwa/src/words/lead'
import { AWorker, daysAgo } from './a-worker'
import { Elsewhere } from './elsewhere'
import { heading } from './people'
import { type Scene, type State, visit } from './scene'
import type { Part } from './states'

const { decisions, phones, months, entries } = leadWords
const OTHER_TEAM = 'Harbour team'

const summary: readonly State[] = [
  {
    what: 'Team summary of this month',
    at: '/team',
    sees: words.team.byActivity,
    async show(scene) {
      await scene.logIn(scene.server.account('lead'))
      await expect(scene.page.getByRole('table').first()).toBeVisible()
    },
  },
  {
    what: 'Team summary of the last three months',
    at: '/team',
    sees: words.team.byWeek,
    async show({ page }) {
      await page.getByLabel(words.team.lastThree).check({ force: true })
      await expect(page.locator('.headline')).not.toContainText('so far')
    },
  },
  {
    what: 'choosing dates',
    at: '/team',
    sees: words.team.notDates,
    async show(scene) {
      await scene.page.getByLabel(words.team.dates, { exact: true }).check({ force: true })
      await scene.button(words.team.show).click()
    },
  },
  {
    what: 'Team summary of days without a log',
    at: '/team',
    sees: words.team.empty,
    async show(scene) {
      for (const end of [words.team.from, words.team.to]) await typeDay(scene, end, '2', '1', '2020')
      await scene.button(words.team.show).click()
    },
  },
  {
    what: 'Team summary without signal',
    at: '/team',
    sees: words.needsSignal.text,
    async show(scene) {
      await scene.noSignal()
      await scene.open('/team')
    },
  },
  {
    what: 'Team summary while the service is busy',
    at: '/team',
    sees: 'The service is busy.',
    async show(scene) {
      await scene.answers(429, 'busy')
      await scene.open('/team')
    },
  },
  {
    what: 'the Log of a lead',
    at: '/',
    sees: words.nav.team,
    async show(scene) {
      await scene.signal()
      await scene.open('/')
    },
  },
  visit('/help', words.help.reports, 'Help of a lead'),
]

const deciding: readonly State[] = [
  {
    what: 'nothing to decide',
    at: '/team/decisions',
    sees: decisions.empty,
    show: (scene) => scene.open('/team/decisions'),
  },
  {
    what: 'what needs a decision',
    at: '/team/decisions',
    sees: decisions.lead,
    async show(scene) {
      await disagreements(scene)
      await scene.open('/team/decisions')
      await expect(scene.link(/71 minutes|1 hour 11/)).toBeVisible()
    },
  },
  {
    what: 'a log that came long after the day',
    at: '/team/decisions/:id',
    sees: decisions.nothingStored,
    show: (scene) => decideOn(scene, /It came long after the day/),
  },
  {
    what: 'asked whether to leave it out',
    at: '/team/decisions/:id',
    sees: 'list of logs that need a look',
    show: (scene) => scene.button(decisions.leaveOut).click(),
  },
  {
    what: 'accepted',
    at: '/team/decisions',
    sees: 'Accepted. It is in',
    async show(scene) {
      await scene.button(decisions.goBack).click()
      await scene.button(decisions.accept).click()
    },
  },
  {
    what: 'a change beside what counts now',
    at: '/team/decisions/:id',
    sees: words.two.differs,
    show: (scene) => decideOn(scene, /The log was also changed on another device/),
  },
  {
    what: 'a change of a log that was deleted',
    at: '/team/decisions/:id',
    sees: decisions.deleted,
    show: (scene) => decideOn(scene, /The log was deleted on another device/),
  },
  {
    what: 'a change of a log that has not arrived',
    at: '/team/decisions/:id',
    sees: leadWords.obstacles.not_there,
    show: (scene) => decideOn(scene, /It changes a log that has not arrived/),
  },
  {
    what: 'a log of a closed month',
    at: '/team/decisions/:id',
    sees: decisions.seeMonths,
    show: (scene) => decideOn(scene, /The month is closed for changes/),
  },
  {
    what: 'a person code where codes are not used',
    at: '/team/decisions/:id',
    sees: leadWords.obstacles.codes_off,
    show: (scene) => decideOn(scene, /Person code/),
  },
  {
    what: 'left out',
    at: '/team/decisions',
    sees: decisions.leftOut,
    async show(scene) {
      await scene.button(decisions.leaveOut).click()
      await scene.button(decisions.leaveOut).click()
    },
  },
  {
    what: 'decided without signal',
    at: '/team/decisions',
    sees: decisions.waits,
    async show(scene) {
      await decideOn(scene, /The log was deleted on another device/)
      await scene.page.context().route('**/api/sync/**', (route) => route.abort())
      await scene.button(decisions.leaveOut).click()
      await scene.button(decisions.leaveOut).click()
    },
  },
  visit('/waiting', decidedWords.unsent.waiting(1), 'a decision that waits'),
  {
    what: 'a decision that the server refused',
    at: '/waiting',
    sees: decidedWords.unsent.title,
    async show(scene) {
      await scene.page.context().route('**/api/sync/push', async (route) => {
        const { operations } = route.request().postDataJSON()
        const refused = { outcome: 'rejected', reason: 'not_authorised', retry: 'after_update', problems: [] }
        const results = operations.map(({ id }: { id: string }) => ({ id, ...refused }))
        const json = { server: 'alongside', protocol: 1, epoch: 1, server_time: Date.now(), results }
        await route.fulfill({ json: { ...json, accepts_schema: [1, 1] } })
      })
      await scene.button(words.waiting.now).click()
      await expect(scene.page.getByText(decidedWords.unsent.title)).toBeVisible()
      await expect(scene.page.getByRole('main')).not.toContainText(/All sent|Everything has been sent/)
    },
  },
  {
    what: 'one that was decided in the meantime',
    at: '/team/decisions/:id',
    sees: decisions.gone,
    async show(scene) {
      await scene.page.context().unroute('**/api/sync/push')
      await scene.page.context().unroute('**/api/sync/**')
      await scene.open(`/team/decisions/${randomUUID()}`)
    },
  },
]

const phonesAndMonths: readonly State[] = [
  visit('/team/phones', phones.lostText, 'Phones, one of which has gone quiet'),
  {
    what: 'Months, one of which is closed',
    at: '/team/months',
    sees: 'Closed by you',
    show: (scene) => scene.open('/team/months'),
  },
  {
    what: 'asked whether to close a month',
    at: '/team/months',
    sees: months.closeYes,
    show: ({ page }) => page.getByRole('main').getByRole('button', { name: months.close }).first().click(),
  },
  {
    what: 'a month was closed',
    at: '/team/months',
    sees: /is closed for changes\./,
    show: (scene) => scene.button(months.closeYes).click(),
  },
  {
    what: 'asked whether to reopen it',
    at: '/team/months',
    sees: months.reopenYes,
    show: ({ page }) => page.getByRole('main').getByRole('button', { name: months.reopen }).first().click(),
  },
  {
    what: 'a month could not be reopened',
    at: '/team/months',
    sees: words.needsSignal.plain,
    async show(scene) {
      await scene.noSignal()
      await scene.button(months.reopenYes).click()
    },
  },
  visit('/team/months', words.needsSignal.again, 'Months without signal'),
  {
    what: 'a month was reopened',
    at: '/team/months',
    sees: /is open again\./,
    async show(scene) {
      await scene.signal()
      await scene.open('/team/months')
      await scene.page.getByRole('main').getByRole('button', { name: months.reopen }).first().click()
      await scene.button(months.reopenYes).click()
    },
  },
]

const entriesOfTeam: readonly State[] = [
  {
    what: 'Entries of the team',
    at: '/team/entries',
    sees: entries.noted,
    async show(scene) {
      await scene.signal()
      await scene.open('/team/entries')
      await expect(scene.link(/minutes|hour/)).toBeVisible()
    },
  },
  {
    what: 'Entries of the last three months, and more of them',
    at: '/team/entries',
    sees: entries.more,
    async show({ page }) {
      await page.getByLabel(words.team.lastThree).check({ force: true })
      await expect(page.getByText(/so far$/)).toBeVisible()
    },
  },
  {
    what: 'an entry of somebody else',
    at: '/team/entries/:id',
    sees: entries.change,
    async show(scene) {
      await scene.page.getByLabel(words.team.thisMonth).check({ force: true })
      await scene.link(/25 minutes/).click()
    },
  },
  {
    what: 'no reason was given',
    at: '/team/entries/:id',
    sees: entries.reasonMissing,
    show: (scene) => scene.button(entries.remove).click(),
  },
  {
    what: 'a reason that is too long',
    at: '/team/entries/:id',
    sees: entries.reasonLong,
    async show(scene) {
      await scene.page.getByLabel(entries.reason).fill('Logged twice, and then once more. '.repeat(3))
      await scene.button(entries.remove).click()
    },
  },
  {
    what: 'an entry was deleted',
    at: '/team/entries',
    sees: entries.removed,
    async show(scene) {
      await scene.page.getByLabel(entries.reason).fill('Logged twice')
      await scene.button(entries.remove).click()
    },
  },
  {
    what: 'an entry that was deleted',
    at: '/team/entries/:id',
    sees: entries.isDeleted,
    show: (scene) => scene.link(/25 minutes/).click(),
  },
  {
    what: 'an entry was brought back',
    at: '/team/entries',
    sees: entries.broughtBack,
    show: (scene) => scene.button(entries.bringBack).click(),
  },
  {
    what: 'an entry of one’s own',
    at: '/team/entries/:id',
    sees: entries.mine,
    show: (scene) => scene.link(/You/).click(),
  },
  {
    what: 'an entry after the app was opened anew',
    at: '/team/entries/:id',
    sees: entries.reload,
    show: (scene) => scene.open(new URL(scene.page.url()).pathname),
  },
  {
    what: 'Entries of days without one',
    at: '/team/entries',
    sees: entries.empty,
    async show(scene) {
      await scene.open('/team/entries')
      await scene.page.getByLabel(words.team.dates, { exact: true }).check({ force: true })
      for (const end of [words.team.from, words.team.to]) await typeDay(scene, end, '2', '1', '2020')
      await scene.button(words.team.show).click()
    },
  },
]

const reports: readonly State[] = [
  {
    what: 'Reports of a lead of two teams',
    at: '/reports',
    sees: words.reports.teams,
    async show(scene) {
      const { server } = scene
      server.command('team', 'add', '--name', OTHER_TEAM)
      server.command(
        'member',
        'add',
        '--login',
        server.account('lead').login,
        '--team',
        OTHER_TEAM,
        '--role',
        'lead',
      )
      await scene.open('/reports')
      await scene.open('/reports')
      await expect(scene.page.getByRole('table').first()).toBeVisible()
    },
  },
  {
    what: 'Phones of another team',
    at: '/team/phones',
    sees: phones.quietNone,
    async show(scene) {
      await scene.open('/team/phones')
      await scene.page.getByLabel(OTHER_TEAM).check({ force: true })
    },
  },
  {
    what: 'Reports of an analyst',
    at: '/reports',
    sees: words.reports.stars.mhsds,
    async show(scene) {
      await scene.logOut()
      await scene.logIn(scene.server.account('analyst'))
      await scene.page.getByLabel(words.reports.week).check({ force: true })
      await scene.page.getByLabel(words.reports.splits.topic).check({ force: true })
      await expect(scene.page.getByRole('table').first()).toBeVisible()
    },
  },
  {
    what: 'Reports by how they were in touch, for a quarter',
    at: '/reports',
    sees: words.reports.columns.reportable,
    async show({ page }) {
      await page.getByLabel(words.reports.quarter, { exact: true }).check({ force: true })
      await page.getByLabel(words.reports.thisQuarter).check({ force: true })
      await page.getByLabel(words.reports.splits.mode, { exact: true }).check({ force: true })
      await expect(page.getByRole('table').first()).toBeVisible()
    },
  },
  {
    what: 'Reports of days without a log',
    at: '/reports',
    sees: words.team.empty,
    async show(scene) {
      await scene.page.getByLabel(words.reports.dates, { exact: true }).check({ force: true })
      for (const end of [words.team.from, words.team.to]) await typeDay(scene, end, '2', '1', '2020')
      await scene.button(words.team.show).click()
    },
  },
  {
    what: 'Reports after the log-in ran out',
    at: '/reports',
    sees: 'Please log in again',
    async show(scene) {
      await scene.page.context().clearCookies()
      await scene.open('/reports')
    },
  },
  {
    what: 'Reports without signal',
    at: '/reports',
    sees: words.needsSignal.plain,
    async show(scene) {
      await scene.noSignal()
      await scene.open('/reports')
    },
  },
  {
    what: 'Help of an admin',
    at: '/help',
    sees: words.help.privacy,
    async show(scene) {
      await scene.signal()
      await scene.logOut()
      await scene.logIn(scene.server.account('admin'))
      await scene.open('/help')
    },
  },
  {
    what: 'Reports of an admin',
    at: '/reports',
    sees: words.reports.result,
    async show(scene) {
      await scene.open('/reports')
      await expect(scene.page.getByRole('table').first()).toBeVisible()
    },
  },
]

const chosen: readonly State[] = [
  visit('/admin', adminWords.lead),
  visit('/admin/activities', adminWords.activities.lead),
  {
    what: 'one activity',
    at: '/admin/activities/:id',
    sees: adminWords.activity.lead,
    show: (scene) => scene.open('/admin/activities/discharge_support'),
  },
  {
    what: 'one list of answers',
    at: '/admin/answers/:id',
    sees: adminWords.answers.lead,
    show: (scene) => scene.open('/admin/answers/discharge_support-stage'),
  },
  {
    what: 'names to choose from',
    at: '/admin/answers/:id',
    sees: adminWords.answers.ownLead,
    show: (scene) => scene.open('/admin/answers/discharge_support-ward_label'),
  },
  visit('/admin/rules', adminWords.rules.codes.ask),
  {
    what: 'rules with something wrong',
    at: '/admin/rules',
    sees: adminWords.wrong.not_an_integer,
    async show({ page }) {
      await page.getByLabel(adminWords.rules.days.ask).fill('many')
      await page.getByRole('button', { name: adminWords.save, exact: true }).click()
    },
  },
  visit('/admin/changes', adminWords.changes.empty),
]

async function decideOn(scene: Scene, row: RegExp): Promise<void> {
  await scene.open('/team/decisions')
  await scene.link(row).click()
  await expect(scene.page.getByRole('heading', { name: decisions.title })).toBeHidden()
}

async function typeDay(
  { page }: Scene,
  end: string,
  day: string,
  month: string,
  year: string,
): Promise<void> {
  const group = page.getByRole('group', { name: end, exact: true })
  for (const [part, text] of [
    [words.when.day, day],
    [words.when.month, month],
    [words.when.year, year],
  ] as const) {
    await group.getByLabel(part, { exact: true }).fill(text)
  }
}

/** What a worker's phones send that the service cannot take as it is, and a phone that says nothing any more. */
async function disagreements(scene: Scene): Promise<void> {
  const { server } = scene
  const account = server.account('worker')
  const phone = await AWorker.signedIn(server, account, 'Old phone')
  const other = await Elsewhere.signIn(server, account)
  await phone.log(daysAgo(70), 71)
  const [changed, gone] = [await phone.log(daysAgo(0), 25), await phone.log(daysAgo(1), 35)]
  await other.amend(changed.thing_id, 1, { minutes: 25, mode: 'phone' })
  await other.amend(changed.thing_id, 1, { minutes: 40 })
  await other.void(gone.thing_id, 1)
  await other.amend(gone.thing_id, 1, { minutes: 20 })
  await other.amend(randomUUID(), 1, { minutes: 20 })
  await other.void(randomUUID(), 1)
  const lead = await Elsewhere.signIn(server, server.account('lead'))
  const month = daysAgo(Number(daysAgo(0).slice(8)))
  await lead.closeMonth(month.slice(0, 7))
  scene.settings({ person_codes: 'off' })
  await other.person('KITE-77')
  const oldest_pending_at = Date.now() - 9 * 86_400_000
  await phone.log(month, 55, { issued: 9, pending: 2, oldest_pending_at })
  await expect(heading(scene.page, decisions.title)).toBeVisible()
}

export const office: Part = {
  name: 'office',
  states: [...summary, ...deciding, ...phonesAndMonths, ...entriesOfTeam, ...reports, ...chosen],
  says: {
    lead: leadWords,
    unsent: decidedWords.unsent,
    team: words.team,
    reports: words.reports,
    needsSignal: words.needsSignal,
  },
  unsaid: [
    // The same page with another reason on it; all reasons have words by tests/pwa/lead.test.ts.
    'lead.why.rule:future_date',
    'lead.why.rule:retired',
    'lead.why.rule:person_required',
    'lead.why.rule:merge',
    'lead.why.not_member',
    'lead.why.exists',
    'lead.whyOther',
    'lead.obstacles.to_come',
    'lead.obstacles.there_already',
    'lead.obstacles.merge',
    'lead.decisions.actions.unvoid',
    'lead.decisions.theirReason',
    // Two leads would have to decide in the same second.
    'lead.decisions.again',
    // The lead who looks has a phone that has been in touch.
    'lead.phones.empty',
    'lead.phones.signedOut',
    'lead.months.closed',
    'unsent.names.create',
    'unsent.names.void',
    'unsent.names.unvoid',
    // The demonstration has two months: too few to say what is usual.
    'team.usual',
    'team.noChart',
    'team.quiet',
    // One way of splitting the table; the others are looked at.
    'reports.families.direct',
    'reports.families.group',
    'reports.families.indirect',
    'reports.families.other',
    'reports.notSaid',
    // The other rule for small numbers.
    'reports.stars.hes',
  ].sort(),
}
