// What gets in a worker's way: no signal, a service that does not work, a full phone, an update, an account that is
// closed, a log that needs a look or was changed in two places. Each is said calmly, with what is safe before what to do.
import { expect } from '@playwright/test'
import { installWords, standingWords } from '../../pwa/src/words/comfort'
import { decidedWords } from '../../pwa/src/words/decided'
import { words } from '../../pwa/src/words/en'
import { problems, reasons } from '../../pwa/src/words/problems'
import { daysAgo } from './a-worker'
import { Elsewhere } from './elsewhere'
import { answer, heading, logIn, logOne, REQUIRED, save, tile } from './people'
import { type Scene, type State, visit } from './scene'
import type { Part } from './states'
import { Thumb } from './thumb'

const DAY_MS = 86_400_000
const LAST_MONTH = lastDayOfLastMonth()

const sending: readonly State[] = [
  {
    what: 'on its way over a slow link',
    at: '/waiting',
    sees: words.waiting.sending(1, 2),
    async show(scene) {
      await scene.logIn(scene.server.account('worker'))
      await scene.allSent()
      await scene.page.context().route('**/api/sync/push', () => new Promise(() => undefined))
      await logOne(scene.page, new Thumb(scene.page), 'One-to-one')
      await logOne(scene.page, new Thumb(scene.page), 'Signposting')
      await scene.page.getByRole('link', { name: words.status.waiting(2) }).click()
    },
  },
  {
    what: 'all sent',
    at: '/waiting',
    sees: /All sent\. Last sent today at/,
    async show(scene) {
      await scene.page.context().unroute('**/api/sync/push')
      await scene.open('/waiting')
      await scene.allSent()
    },
  },
  {
    what: 'saved without signal',
    at: '/',
    sees: words.saved.onPhone,
    async show(scene) {
      await scene.noSignal()
      await scene.open('/')
      await logOne(scene.page, new Thumb(scene.page), 'Discharge support')
      await expect(scene.page.getByText(words.status.offline)).toBeVisible()
    },
  },
  visit('/waiting', words.waiting.waitsFor.offline, 'waiting for signal'),
  {
    what: 'could not send just now',
    at: '/waiting',
    sees: words.waiting.couldNot,
    show: (scene) => scene.button(words.waiting.now).click(),
  },
  visit('/log-out', words.logOut.send, 'log out with something waiting'),
  visit('/my-log', words.sending.waiting, 'My log with something waiting'),
  {
    what: 'what happened to a log, without signal',
    at: '/my-log/:id',
    sees: words.history.noSignal,
    async show(scene) {
      await scene.link(/Discharge support/).click()
      await scene.page.getByText(words.history.title).click()
    },
  },
  {
    what: 'waiting for three days',
    at: '/',
    sees: words.banners.waitingLong(3),
    async show(scene) {
      const { page } = scene
      await page.clock.install({ time: Date.now() - 3 * DAY_MS - 60_000 })
      await scene.open('/')
      await logOne(page, new Thumb(page), 'One-to-one')
      await page.clock.setSystemTime(Date.now())
      await scene.open('/my-log')
      await scene.open('/')
    },
  },
  visit('/waiting', words.banners.waitingLong(3), 'waiting for three days: what waits'),
  {
    what: 'no answer in time',
    at: '/waiting',
    sees: words.waiting.waitsFor.no_answer,
    async show(scene) {
      await scene.neverAnswers()
      await scene.button(words.waiting.now).click()
      // Each request is given half a minute: for both logs, then for one.
      for (let waits = 0; waits < 3; waits++) await scene.page.clock.runFor(31_000)
      await expect(scene.page.getByRole('status').getByText(words.waiting.couldNot)).toBeVisible()
    },
  },
]

/** The server says no to everything, in this way. */
const refusing = (status: number, code: string, banner: string, why: string): State[] => [
  {
    what: `${code}: Log`,
    at: '/',
    sees: banner,
    async show(scene) {
      await scene.answers(status, code)
      await scene.open('/my-log')
      await scene.open('/')
    },
  },
  visit('/waiting', why, `${code}: what waits`),
]

const service: readonly State[] = [
  {
    // What waits for long is not said now: no wifi would help.
    what: 'the service does not work',
    at: '/',
    sees: words.status.serverDown,
    async show(scene) {
      await scene.freshPage()
      await scene.answers(503, 'busy')
      await scene.open('/')
    },
  },
  visit('/waiting', words.waiting.waitsFor.server_down, 'the service does not work: what waits'),
  ...refusing(426, 'update_needed', words.banners.update, words.waiting.waitsFor.update_needed),
  ...refusing(403, 'account_closed', words.banners.closed, words.waiting.waitsFor.account_closed),
  {
    what: 'signed out',
    at: '/',
    sees: words.banners.logIn,
    async show(scene) {
      await scene.signal()
      await scene.page.context().clearCookies()
      await scene.open('/')
    },
  },
  visit('/waiting', words.waiting.waitsFor.needs_signin, 'signed out: what waits'),
  visit('/sign-in', words.signIn.again, 'signed out: log in again'),
  {
    what: 'signed out, and no signal either',
    at: '/',
    sees: words.status.offline,
    async show(scene) {
      await scene.noSignal()
      await scene.open('/')
    },
  },
  {
    what: 'a new version is ready',
    at: '/',
    sees: words.banners.updateReady,
    async show(scene) {
      await scene.signal()
      await scene.open('/sign-in')
      await logIn(scene.page, scene.server.account('worker'))
      await scene.allSent()
      // A version that waits, without building one: updates.spec.ts has the real thing.
      await scene.page.addInitScript(() => {
        const waiting = { get: () => navigator.serviceWorker.controller }
        Object.defineProperty(ServiceWorkerRegistration.prototype, 'waiting', waiting)
      })
      await scene.open('/')
    },
  },
]

const full: readonly State[] = [
  {
    what: 'the phone is almost full',
    at: '/',
    sees: words.banners.low,
    async show(scene) {
      await scene.freshPage()
      await scene.page.addInitScript(() => {
        navigator.storage.estimate = async () => ({ usage: 90, quota: 100 })
      })
      await scene.open('/')
    },
  },
  {
    what: 'the phone is full: a form keeps its answers',
    at: '/log/:id',
    sees: words.form.storageFull,
    show: (scene) => saveWhileBroken(scene, 'QuotaExceededError'),
  },
  {
    what: 'the phone is full: Log',
    at: '/',
    sees: words.banners.full,
    show: (scene) => answerNotKept(scene, 'QuotaExceededError'),
  },
  {
    what: 'the browser does not save: a form keeps its answers',
    at: '/log/:id',
    sees: words.form.storageBroken,
    show: (scene) => saveWhileBroken(scene, 'UnknownError'),
  },
  {
    what: 'the browser does not save what the service answered',
    at: '/',
    sees: words.banners.broken,
    show: (scene) => answerNotKept(scene, 'UnknownError'),
  },
  {
    what: 'the browser does not save: what waits',
    at: '/waiting',
    sees: words.waiting.waitsFor.storage_broken,
    show: ({ page }) => page.getByRole('link', { name: words.status.waiting(1) }).click(),
  },
  {
    what: 'the browser may clear what is kept',
    at: '/my-log',
    sees: words.banners.unprotected,
    async show(scene) {
      await scene.freshPage()
      await scene.page.addInitScript(() => {
        navigator.storage.persisted = async () => false
      })
      await scene.open('/my-log')
    },
  },
  {
    what: 'the app can be added to the phone',
    at: '/my-log',
    sees: installWords.ask,
    async show(scene) {
      await scene.freshPage()
      await scene.page.addInitScript(() => {
        navigator.storage.persisted = async () => true
        const asked = window.matchMedia.bind(window)
        // A screen that is touched.
        window.matchMedia = (query) => asked(query === '(pointer: coarse)' ? 'all' : query)
      })
      await scene.open('/my-log')
    },
  },
]

const needsALook: readonly State[] = [
  {
    what: 'logs that need a look: Log',
    at: '/',
    sees: standingWords.look(4),
    async show(scene) {
      const { server } = scene
      await scene.freshPage()
      await scene.open('/')
      await scene.allSent()
      await scene.noSignal()
      await logFor(scene, 'one-to-one', LAST_MONTH)
      await logFor(scene, 'signposting', daysAgo(0))
      await logFor(scene, 'discharge-support', daysAgo(0), 'KITE-77')
      const lead = await Elsewhere.signIn(server, server.account('lead'))
      await lead.closeMonth(LAST_MONTH.slice(0, 7))
      scene.settings({ person_codes: 'off', kinds: without(scene, 'signposting') })
      await scene.signal()
      await scene.open('/')
      await expect(scene.page.getByRole('link', { name: /need a look/ })).toBeVisible({ timeout: 20_000 })
    },
  },
  {
    what: 'what needs a look, and what only waits',
    at: '/waiting',
    sees: words.waiting.rest,
    async show(scene) {
      await scene.noSignal()
      await logFor(scene, 'accompanied-appointment', daysAgo(0))
      await scene.open('/waiting')
      await expect(scene.page.getByText(words.waiting.codes)).toBeVisible()
    },
  },
  {
    what: 'a log of a closed month',
    at: '/my-log/:id/look',
    sees: words.look.keep,
    async show(scene) {
      await scene.signal()
      await scene.link(/One-to-one/).click()
    },
  },
  {
    what: 'a log of an activity that is not offered any more',
    at: '/my-log/:id/look',
    sees: problems.retired ?? '',
    show: (scene) => lookAt(scene, /Signposting/),
  },
  {
    what: 'a log with a code where codes are not used',
    at: '/my-log/:id/look',
    sees: reasons['rule:person_codes_off'] ?? '',
    show: (scene) => lookAt(scene, /Discharge support/),
  },
  {
    what: 'a log that needs a look, on its own page',
    at: '/my-log/:id',
    sees: words.entry.fix,
    async show(scene) {
      await scene.open('/my-log')
      await scene.link(/Discharge support.*Needs a look/).click()
    },
  },
  {
    what: 'a person code that needs a look',
    at: '/person/:id/look',
    sees: words.look.codesOff,
    show: (scene) => lookAt(scene, /^KITE-77/),
  },
  {
    what: 'a person code that was taken away',
    at: '/person/:id/look',
    sees: words.person.missing,
    async show(scene) {
      await scene.page.getByLabel(words.look.codeLabel).fill('')
      await scene.button(words.form.saveAndSend).click()
    },
  },
  {
    what: 'a person code that is done without',
    at: '/waiting',
    sees: words.look.codeLetGo,
    show: (scene) => scene.button(words.look.letGo).click(),
  },
  {
    what: 'a month that is closed, before saving',
    at: '/log/:id',
    sees: decidedWords.closed.save,
    async show(scene) {
      await scene.open(`/log/one-to-one?day=${LAST_MONTH}`)
      await answerAll(scene, 'one-to-one')
      await answer(scene.page, 'How long?', '15 min').check({ force: true })
      await save(scene.page).click()
    },
  },
  {
    what: 'a log of a day that is too far back',
    at: '/my-log/:id/look',
    sees: reasons['rule:too_far_back'] ?? '',
    async show(scene) {
      scene.settings({ person_codes: 'optional' })
      await scene.noSignal()
      await logFor(scene, 'accompanied-appointment', daysAgo(3))
      scene.settings({ back_dating_days: 0 })
      await scene.signal()
      await lookAt(scene, /Accompanied appointment.*The date is too far back/)
    },
  },
  {
    what: 'a log without a code where one is asked for',
    at: '/my-log/:id/look',
    sees: reasons['rule:person_required'] ?? '',
    async show(scene) {
      await scene.noSignal()
      await logFor(scene, 'accompanied-appointment', daysAgo(0))
      scene.settings({ person_codes: 'required' })
      await scene.signal()
      await lookAt(scene, /Accompanied appointment.*Your service asks/)
    },
  },
  {
    what: 'a log of the future, from a phone whose clock is wrong',
    at: '/my-log/:id/look',
    sees: words.waiting.clock,
    async show(scene) {
      scene.settings({ person_codes: 'optional', back_dating_days: 60 })
      await scene.freshPage()
      await scene.page.clock.setFixedTime(Date.now() + 2 * DAY_MS)
      await scene.open('/')
      await logOne(scene.page, new Thumb(scene.page), 'One-to-one')
      await lookAt(scene, /The date is in the future/)
    },
  },
  visit('/waiting', words.waiting.clock, 'a phone whose clock is wrong: what needs a look'),
]

const twoPlaces: readonly State[] = [
  {
    what: 'changed in two places: what waits',
    at: '/waiting',
    sees: words.two.choose,
    async show(scene) {
      await scene.freshPage()
      await changeInTwoPlaces(scene, (other, id) => other.amend(id, 1, { minutes: 90 }))
      await scene.open('/waiting')
    },
  },
  {
    what: 'changed in two places: the two',
    at: '/my-log/:id/choose',
    sees: words.two.lead,
    show: (scene) => scene.link(/Accompanied appointment.*30 minutes/).click(),
  },
  {
    what: 'changed in two places: neither was chosen',
    at: '/my-log/:id/choose',
    sees: words.problem,
    show: (scene) => scene.button(words.form.save).click(),
  },
  {
    what: 'changed in two places: its own page',
    at: '/my-log/:id',
    sees: words.entry.choose,
    async show(scene) {
      const id = new URL(scene.page.url()).pathname.split('/')[2]
      await scene.open(`/my-log/${id}`)
    },
  },
  {
    what: 'changed in two places: settled',
    at: '/my-log',
    sees: words.saved.chosen,
    async show(scene) {
      await scene.link(words.entry.choose).click()
      await scene.page.getByLabel(words.two.keepTheirs).check({ force: true })
      await scene.button(words.form.save).click()
    },
  },
  visit('/my-log/deleted', words.copy.title, 'the copy that was not chosen'),
  {
    what: 'one such copy',
    at: '/my-log/copy/:id',
    sees: words.copy.use,
    show: (scene) => scene.link(/Kept until/).click(),
  },
  {
    what: 'one such copy is used after all',
    at: '/my-log',
    sees: words.copy.used,
    show: (scene) => scene.button(words.copy.use).click(),
  },
  {
    what: 'deleted on another device: keep it or let it go',
    at: '/my-log/:id/choose',
    sees: words.two.theirsDeleted,
    async show(scene) {
      await changeInTwoPlaces(scene, (other, id) => other.void(id, 1))
      await scene.open('/waiting')
      await expect(scene.page.getByRole('heading', { name: words.waiting.two })).toBeVisible()
      await scene.link(/Accompanied appointment.*30 minutes/).click()
    },
  },
  {
    what: 'deleted on another device: let go',
    at: '/my-log',
    sees: words.saved.chosen,
    async show(scene) {
      await scene.page.getByLabel(words.two.letGo).check({ force: true })
      await scene.button(words.form.save).click()
    },
  },
]

/** Saves a log while the browser refuses to keep anything new. */
async function saveWhileBroken(scene: Scene, name: string): Promise<void> {
  await scene.freshPage()
  await scene.page.addInitScript((failure) => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('', failure)
    }
  }, name)
  await scene.open('/')
  await tile(scene.page, 'Signposting').click()
  await expect(heading(scene.page, 'Signposting')).toBeVisible()
  await answerAll(scene, 'signposting')
  // Not the same as before, or that would be asked about first.
  await answer(scene.page, 'How long?', '1 hour').check({ force: true })
  await save(scene.page).click()
}

/** The browser keeps a log, and then not what the service says of it. */
async function answerNotKept(scene: Scene, name: string): Promise<void> {
  await scene.freshPage()
  const { page } = scene
  await scene.open('/')
  await scene.allSent()
  let letGo = () => {}
  const held = new Promise<void>((done) => {
    letGo = done
  })
  await page.context().route('**/api/sync/push', async (route) => {
    await held
    await route.continue()
  })
  await logAnyway(scene, 'one-to-one')
  await page.evaluate((failure) => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('', failure)
    }
  }, name)
  letGo()
  for (const name of ['My log', 'Log']) {
    await page.locator('.tabs').getByRole('link', { name, exact: true }).click()
  }
}

const KINDS = {
  'one-to-one': 'One-to-one',
  'accompanied-appointment': 'Accompanied appointment',
  signposting: 'Signposting',
  'discharge-support': 'Discharge support',
} as const
type Slug = keyof typeof KINDS

async function answerAll({ page }: Scene, kind: Slug): Promise<void> {
  for (const [question, name] of REQUIRED[KINDS[kind]]) {
    await answer(page, question, name).check({ force: true })
  }
}

/** Logs from the Log screen; again where the same was logged a moment ago. */
async function logAnyway(scene: Scene, kind: Slug): Promise<void> {
  const { page } = scene
  await tile(page, KINDS[kind]).click()
  await answerAll(scene, kind)
  await saveAnyway(scene)
}

async function saveAnyway(scene: Scene): Promise<void> {
  const { page } = scene
  await save(page).click()
  const again = scene.button(words.form.saveAgain)
  await expect(again.or(heading(page, words.log.title))).toBeVisible()
  if (await again.isVisible()) await again.click()
  await expect(heading(page, words.log.title)).toBeVisible()
}

/** Logs for a day, with a new person code if one is given. */
async function logFor(scene: Scene, kind: Slug, day: string, code?: string): Promise<void> {
  const { page } = scene
  await scene.open(`/log/${kind}?day=${day}`)
  await answerAll(scene, kind)
  if (code !== undefined) {
    await page.getByRole('button', { name: /Person/ }).click()
    await page.getByLabel(words.person.code).fill(code)
    await scene.button(words.person.use).click()
    await expect(page.getByText(code).first()).toBeVisible()
  }
  await saveAnyway(scene)
}

async function lookAt(scene: Scene, row: RegExp): Promise<void> {
  await scene.open('/waiting')
  await scene.link(row).click()
}

/** A log is changed here and, in the meantime, something else is done to it on another device. */
async function changeInTwoPlaces(
  scene: Scene,
  there: (other: Elsewhere, id: string) => Promise<unknown>,
): Promise<void> {
  const { page, server } = scene
  await scene.open('/')
  await logAnyway(scene, 'accompanied-appointment')
  await page.locator('.tabs, .topnav').getByRole('link', { name: 'My log' }).first().click()
  await scene.link(/Accompanied appointment/).click()
  await expect(heading(page, 'Accompanied appointment')).toBeVisible()
  const id = new URL(page.url()).pathname.split('/')[2] ?? ''
  const other = await Elsewhere.signIn(server, server.account('worker'))
  await expect.poll(() => other.knows(id)).toBe(true)
  await there(other, id)
  await scene.link(/^Change ?: How long$/).click()
  await answer(page, 'How long?', '30 min').check({ force: true })
  await scene.button(words.form.saveChange).click()
  await expect(heading(page, words.myLog.title)).toBeVisible()
}

function without(scene: Scene, kind: string) {
  return scene.kinds().map((one) => ({ ...one, offered: one.offered && one.kind !== kind }))
}

function lastDayOfLastMonth(): string {
  const first = new Date(`${daysAgo(0).slice(0, 7)}-01T12:00:00Z`)
  first.setUTCDate(0)
  return first.toISOString().slice(0, 10)
}

export const trouble: Part = {
  name: 'trouble',
  states: [...sending, ...service, ...full, ...twoPlaces, ...needsALook],
  says: {
    saved: [words.saved.onPhone, words.saved.chosen],
    entry: [words.entry.fix, words.entry.choose],
    history: [words.history.waiting, words.history.noSignal],
    again: words.signIn.again,
    install: [installWords.ask, installWords.notNow],
    status: words.status,
    sending: words.sending,
    banners: words.banners,
    waiting: words.waiting,
    look: words.look,
    copy: words.copy,
    two: words.two,
    standing: standingWords,
    storage: { full: words.form.storageFull, broken: words.form.storageBroken },
    closed: decidedWords.closed,
    reasons,
  },
  unsaid: [
    // Nobody here is signed out by the service; tests/pwa/standing.test.ts sees that it is said.
    'banners.signedOut',
    // The same page with another reason on it; tests/pwa/worker-words.test.ts goes through them.
    'reasons.exists',
    'reasons.forged',
    'reasons.id_reused',
    'reasons.not_authorised',
    'reasons.not_member',
    'reasons.notes_off',
    'reasons.rule:closed',
    'reasons.rule:merge',
    'reasons.rule:notes_off',
    'reasons.schema_newer',
    'reasons.unknown_entry',
    'reasons.unreadable',
    'reasons.version',
    // Where the day until which a copy is kept is not known.
    'copy.kept',
    'look.codeSaved',
    // In the everyday part, or gone before it can be looked at; tests/pwa/worker-words.test.ts goes through them.
    'waiting.some.codes',
    'waiting.some.things',
    // Gone before it can be looked at.
    'waiting.people',
    'waiting.waitsFor.idle',
    'sending.sent',
    // In the everyday part.
    'waiting.empty',
  ].sort(),
}
