// A worker's usual days: logging in and joining, an empty history, logging, looking back, changing, deleting, help.
import { expect } from '@playwright/test'
import { comfortWords, installWords } from '../../pwa/src/words/comfort'
import { words } from '../../pwa/src/words/en'
import { help } from '../../pwa/src/words/help'
import { pause } from './browser'
import { Elsewhere } from './elsewhere'
import { answer, heading, logOne, save, tile } from './people'
import { type Scene, type State, visit } from './scene'
import type { Part } from './states'
import { Thumb } from './thumb'

const NEWCOMER = { login: 'noor.newcomer', password: 'four plain quiet words' }

const beforeLogIn: readonly State[] = [
  visit('/sign-in', words.strapline, 'log in'),
  {
    what: 'log in with nothing filled in',
    at: '/sign-in',
    sees: words.signIn.missingPassword,
    show: (scene) => scene.button('Log in').click(),
  },
  {
    what: 'log in with a wrong passphrase',
    at: '/sign-in',
    sees: 'The login name or the passphrase is not right',
    show: (scene) => tryToLogIn(scene),
  },
  {
    what: 'log in without signal',
    at: '/sign-in',
    sees: words.signIn.offline,
    async show(scene) {
      await scene.noSignal()
      await scene.button('Log in').click()
    },
  },
  {
    what: 'log in while the service does not work',
    at: '/sign-in',
    sees: words.signIn.serverDown,
    async show(scene) {
      await scene.answers(503, 'busy')
      await scene.button('Log in').click()
    },
  },
  {
    what: 'comfort settings before log-in',
    at: '/help/comfort',
    sees: comfortWords.kept,
    async show(scene) {
      await scene.signal()
      await scene.open('/help/comfort')
    },
  },
  visit('/join', words.join.lead, 'join'),
  {
    what: 'join with nothing filled in',
    at: '/join',
    sees: words.join.missingCode,
    show: (scene) => scene.button('Join').click(),
  },
  {
    what: 'join with a wrong code',
    at: '/join',
    sees: 'This code is not right, was used, or has run out.',
    show: (scene) => join(scene, 'WRONG-CODE', NEWCOMER.password),
  },
]

const firstDay: readonly State[] = [
  {
    what: 'an empty history: Log',
    at: '/',
    sees: words.log.empty,
    async show(scene) {
      const { team } = scene.server.account('worker')
      const who = ['--login', NEWCOMER.login, '--name', 'Noor', '--role', 'worker', '--team', team ?? '']
      const { code } = JSON.parse(scene.server.command('user', 'add', ...who, '--json'))
      await join(scene, code, NEWCOMER.password)
      await expect(heading(scene.page, words.log.title)).toBeVisible()
    },
  },
  visit('/my-log', words.myLog.empty, 'an empty history: My log'),
  visit('/my-log/deleted', words.myLog.deletedEmpty, 'an empty history: nothing deleted'),
  visit('/waiting', words.waiting.empty, 'an empty history: nothing waiting'),
  visit('/log-out', words.logOut.text, 'log out'),
]

const logging: readonly State[] = [
  {
    what: 'Log',
    at: '/',
    sees: words.log.again,
    async show(scene) {
      await scene.logOut()
      await scene.logIn(scene.server.account('worker'))
      await scene.allSent()
    },
  },
  ...['one-to-one', 'accompanied-appointment', 'discharge-support', 'signposting'].map((kind) => ({
    ...visit(`/log/${kind}`, words.form.filledIn, `a form: ${kind}`),
    at: '/log/:id',
  })),
  {
    what: 'a form with errors',
    at: '/log/:id',
    sees: words.problem,
    show: ({ page }) => save(page).click(),
  },
  {
    what: 'a form with everything open',
    at: '/log/:id',
    sees: words.form.forTopic('Housing'),
    async show({ page }) {
      await answer(page, 'What was it about?', 'Housing').check({ force: true })
      const more = page.getByRole('button', { name: /^More answers/ })
      while ((await more.count()) > 0) await more.first().click()
      await page.getByText(words.form.moreQuestions).click()
    },
  },
  {
    what: 'another day that is still to come',
    at: '/log/:id',
    sees: words.when.future,
    async show(scene) {
      const { page } = scene
      await scene.open('/log/one-to-one')
      await page.getByRole('button', { name: /Today/ }).click()
      await page.getByLabel(words.when.another).check({ force: true })
      for (const [part, text] of [
        [words.when.day, '1'],
        [words.when.month, '1'],
        [words.when.year, '2099'],
      ] as const) {
        await page.getByLabel(part, { exact: true }).fill(text)
      }
      await save(page).click()
    },
  },
  {
    what: 'a person code that looks like a name, and other minutes',
    at: '/log/:id',
    sees: 'Use a code, not a name',
    async show(scene) {
      const { page } = scene
      await scene.open('/log/one-to-one')
      await answer(page, 'How long?', words.form.other).check({ force: true })
      await page.getByRole('button', { name: /Person/ }).click()
      await page.getByLabel(words.person.code).fill('Margaret Smithers')
      await scene.button(words.person.use).click()
    },
  },
  {
    what: 'just saved and sent',
    at: '/',
    sees: words.saved.sent,
    async show(scene) {
      await scene.open('/')
      await logOne(scene.page, new Thumb(scene.page), 'One-to-one')
      await scene.allSent()
    },
  },
  {
    what: 'asked whether the same was logged twice',
    at: '/log/:id',
    sees: words.form.double(0),
    show: (scene) => fill(scene, '45 min'),
  },
  {
    what: 'asked whether a long session is right',
    at: '/log/:id',
    sees: words.form.long('9 hours'),
    async show(scene) {
      await scene.button(words.form.goBack).click()
      await answer(scene.page, 'How long?', words.form.other).check({ force: true })
      await scene.page.getByLabel(words.form.otherMinutes).fill('540')
      await save(scene.page).click()
    },
  },
  {
    what: 'a log that was not finished',
    at: '/',
    sees: words.log.draft,
    async show(scene) {
      await pause(800)
      await scene.open('/')
    },
  },
  {
    what: 'carrying on with it',
    at: '/log/draft/:id',
    sees: words.form.filledIn,
    show: (scene) => scene.link(words.log.carryOn).click(),
  },
  {
    what: 'the same as before',
    at: '/log/again/:id',
    sees: words.form.check,
    async show(scene) {
      await scene.open('/')
      await scene.button(words.log.deleteDraft).click()
      const again = scene.page.getByRole('region', { name: words.log.again })
      await again.getByRole('link').first().click()
    },
  },
  visit('/log/something-else', words.log.families.other, 'every other activity'),
  {
    what: 'a list of people talked about, with one who is not named',
    at: '/log/:id',
    sees: words.form.remove,
    async show(scene) {
      const { page } = scene
      await scene.open('/log/team-meeting')
      await answer(page, 'Which meeting?', 'Handover').check({ force: true })
      await page.getByText(words.form.moreQuestions).click()
      const add = page.getByRole('button', { name: /^Add\b/ })
      await add.click()
      await page.getByRole('region', { name: /: 1$/ }).getByLabel('10 min').check({ force: true })
      await save(page).click()
      await expect(page.getByRole('alert')).toBeVisible()
    },
  },
  {
    what: 'logging for another day',
    at: '/',
    sees: words.log.backToToday,
    async show(scene) {
      await scene.open('/my-log')
      await scene.link(/^Add for/).click()
    },
  },
  {
    what: 'undone',
    at: '/',
    sees: words.saved.undone,
    async show(scene) {
      await scene.open('/')
      await logOne(scene.page, new Thumb(scene.page), 'Discharge support')
      await scene.button(words.saved.undo).click()
    },
  },
  {
    what: 'the screen is hidden',
    at: '/',
    sees: words.hide.back,
    show: (scene) => scene.button('Hide the screen').click(),
  },
]

const lookingBack: readonly State[] = [
  visit('/my-log', words.myLog.addForDay, 'My log'),
  visit('/my-log?find=signposting', /logs? found\./, 'a search that finds something'),
  visit('/my-log?find=juggling', words.myLog.found(0), 'a search that finds nothing'),
  {
    what: 'one log, with what happened to it',
    at: '/my-log/:id',
    sees: 'You logged this on',
    async show(scene) {
      await scene.open('/my-log')
      await scene.link(/One-to-one/).click()
      await scene.page.getByText(words.history.title).click()
    },
  },
  {
    what: 'change a log, at the question that was asked for',
    at: '/my-log/:id/change',
    sees: words.form.saveChange,
    show: (scene) => scene.link(/^Change ?: How long$/).click(),
  },
  {
    what: 'a change that was saved',
    at: '/my-log',
    sees: words.saved.changeTitle,
    async show(scene) {
      await answer(scene.page, 'How long?', '1 hour').check({ force: true })
      // Held back for a moment, or it is sent before anybody can see that it was saved.
      await scene.noSignal()
      await scene.button(words.form.saveChange).click()
      await expect(heading(scene.page, words.myLog.title)).toBeVisible()
    },
  },
  {
    what: 'a change that was undone',
    at: '/my-log',
    sees: words.saved.changeUndone,
    show: (scene) => scene.button(words.saved.undo).click(),
  },
  {
    what: 'asked whether to delete',
    at: '/my-log/:id/delete',
    sees: words.entry.removeText,
    async show(scene) {
      await scene.signal()
      await scene.link(/One-to-one/).click()
      await scene.link(words.entry.remove).click()
    },
  },
  {
    what: 'deleted',
    at: '/my-log',
    sees: words.saved.deleted,
    show: (scene) => scene.button(words.entry.removeYes).click(),
  },
  visit('/my-log/deleted', words.myLog.deletedText, 'recently deleted'),
  {
    what: 'a log that was deleted',
    at: '/my-log/:id',
    sees: words.entry.isDeleted,
    show: (scene) => scene.link(/One-to-one/).click(),
  },
  {
    what: 'brought back',
    at: '/my-log',
    sees: words.saved.broughtBack,
    show: (scene) => scene.button(words.saved.bringBack).click(),
  },
  {
    what: 'what happened to a log that was brought back',
    at: '/my-log/:id',
    sees: 'You brought this back on',
    async show(scene) {
      await scene.allSent()
      await scene.link(/One-to-one/).click()
      await scene.page.getByText(words.history.title).click()
    },
  },
  {
    what: 'a log that the team lead deleted',
    at: '/my-log/:id',
    sees: 'Your team lead deleted this on',
    async show(scene) {
      const { page, server } = scene
      const id = new URL(page.url()).pathname.split('/')[2] ?? ''
      const lead = await Elsewhere.signIn(server, server.account('lead'))
      await lead.void(id, 9)
      await scene.open(`/my-log/${id}`)
      await expect(page.getByText(words.entry.isDeleted)).toBeVisible()
      await page.getByText(words.history.title).click()
    },
  },
  {
    what: 'a log that was deleted too long ago, by the server’s word',
    at: '/my-log/:id',
    sees: words.entry.isGone,
    async show(scene) {
      const { page, server } = scene
      await scene.open('/my-log')
      await scene.link(/Signposting/).click()
      await expect(heading(page, 'Signposting')).toBeVisible()
      const id = new URL(page.url()).pathname.split('/')[2] ?? ''
      const other = await Elsewhere.signIn(server, server.account('worker'))
      await other.void(id, 1)
      await page.context().route('**/history', async (route) => {
        const heard = await (await route.fetch()).json()
        for (const change of heard.changes) change.received_at -= 31 * 86_400_000
        await route.fulfill({ json: heard })
      })
      await scene.open(`/my-log/${id}`)
    },
  },
]

const helping: readonly State[] = [
  visit('/help', words.help.quiet),
  visit('/help/how-to-log', 'You log what you did in a few taps.'),
  visit('/help/privacy', 'What is never kept'),
  visit('/help/comfort', comfortWords.sizeText),
  {
    what: 'add it to your phone, where the browser has a button for it',
    at: '/help/install',
    sees: installWords.lead,
    async show(scene) {
      await scene.open('/help/install')
      await scene.page.evaluate(() => dispatchEvent(new Event('beforeinstallprompt', { cancelable: true })))
      await expect(scene.button(installWords.now)).toBeVisible()
    },
  },
  {
    what: 'add it to your phone, opened from the home screen',
    at: '/help/install',
    sees: installWords.done,
    async show(scene) {
      await scene.freshPage()
      await scene.page.addInitScript(() => Object.assign(navigator, { standalone: true }))
      await scene.open('/help/install')
    },
  },
  visit('/team', words.noAccess.text, 'no access'),
  { ...visit('/nothing-here', words.notFound.text, 'page not found') },
]

/** What a browser does to the app: it is slow to read its storage, throws it away, or has none. */
const storage: readonly State[] = [
  {
    what: 'getting things ready',
    at: '/',
    sees: words.loading,
    show: (scene) => stuck(scene),
  },
  {
    what: 'getting things ready takes long',
    at: '/',
    sees: words.loadingLong,
    show: ({ page }) => page.clock.runFor(5_000),
  },
  {
    what: 'the browser has cleared what was kept',
    at: '/',
    sees: words.signIn.cleared,
    async show(scene) {
      await scene.freshPage()
      const devtools = await scene.page.context().newCDPSession(scene.page)
      const { origin } = scene.server
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
      await scene.open('/')
    },
  },
  {
    what: 'a browser that keeps nothing',
    at: '/',
    sees: words.signIn.noStorage,
    async show(scene) {
      await scene.page.addInitScript(() => {
        indexedDB.open = () => {
          throw new DOMException('a private window', 'SecurityError')
        }
      })
      await scene.open('/')
    },
  },
]

async function tryToLogIn({ page, server }: Scene): Promise<void> {
  await page.getByLabel(words.signIn.login).fill(server.account('worker').login)
  await page.getByLabel(words.signIn.password, { exact: true }).fill('not the passphrase')
  await page.getByRole('button', { name: words.signIn.show }).click()
  await page.getByRole('button', { name: 'Log in' }).click()
}

async function join({ page }: Scene, code: string, password: string): Promise<void> {
  await page.getByLabel(words.join.code).fill(code)
  await page.getByLabel(words.join.login).fill(NEWCOMER.login)
  await page.getByLabel(words.join.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Join' }).click()
}

async function fill({ page }: Scene, minutes: string): Promise<void> {
  await tile(page, 'One-to-one').click()
  await answer(page, 'How long?', minutes).check({ force: true })
  await answer(page, 'How?', 'In person').check({ force: true })
  await save(page).click()
}

async function stuck(scene: Scene): Promise<void> {
  await scene.freshPage()
  const { page, server } = scene
  await page.clock.install()
  await page.addInitScript(() => {
    // A request that nobody ever answers.
    const deaf = { value: () => undefined }
    const request = { addEventListener: deaf, removeEventListener: deaf }
    indexedDB.open = () => Object.create(IDBOpenDBRequest.prototype, request)
  })
  await page.goto(server.origin)
  await page.clock.runFor(500)
}

export const everyday: Part = {
  name: 'everyday',
  states: [...beforeLogIn, ...firstDay, ...logging, ...lookingBack, ...helping, ...storage],
  says: {
    signIn: words.signIn,
    join: words.join,
    log: words.log,
    saved: words.saved,
    myLog: words.myLog,
    entry: words.entry,
    history: words.history,
    hide: words.hide,
    notFound: words.notFound,
    noAccess: words.noAccess,
    loading: [words.loading, words.loadingLong],
    comfort: comfortWords,
    install: [installWords.lead, installWords.now, installWords.done],
    articles: help,
  },
  unsaid: [
    // Gone before it can be looked at.
    'signIn.working',
    // In the part about trouble.
    'signIn.again',
    'saved.chosen',
    'entry.fix',
    'entry.choose',
    'history.waiting',
    'history.noSignal',
    // The same line as the others of the history; tests/pwa/worker-words.test.ts goes through them.
    'history.other.create',
    'history.other.amend',
    'history.other.unvoid',
    'history.accepted',
    'history.notUsed',
    // Only for a moment, between a save and what the service answers.
    'saved.look',
    'saved.two',
    // Another role’s.
    'notFound.homeReports',
  ].sort(),
}
