// The portfolio: empty, with long texts, with one that is not saved, waiting, deleted, and changed in two places.
import { portfolioWords } from '../../pwa/src/words/portfolio'
import { pause } from './browser'
import { Elsewhere } from './elsewhere'
import { type Scene, type State, visit } from './scene'
import type { Part } from './states'

const say = portfolioWords
const LONG = 'I asked what would help and then I waited, which was harder than talking. '.repeat(20)
const ids = new WeakMap<Scene, string>()

/** The first reflection of the page. */
async function openFirst(scene: Scene): Promise<void> {
  await scene.open('/portfolio')
  await scene.page.locator('.reflection').first().getByRole('link').click()
  ids.set(scene, new URL(scene.page.url()).pathname.split('/')[2] ?? '')
}

const write = (scene: Scene, text: string) => scene.page.getByLabel(say.form.ask).fill(text)

async function settledElsewhere(scene: Scene): Promise<void> {
  const id = ids.get(scene) ?? ''
  const other = await Elsewhere.signIn(scene.server, scene.server.account('worker'))
  await other.reflect(id, 1)
  await scene.noSignal()
  await scene.open(`/portfolio/${id}/change`)
  await write(scene, 'Other words.')
  await scene.button(say.form.save).click()
  await scene.page.getByText(say.reflections.savedHere).waitFor()
  await scene.signal()
  await scene.open('/waiting')
  await scene.page.getByText(say.reflections.twoPlaces).first().waitFor()
}

const states: readonly State[] = [
  {
    what: 'a portfolio with nothing written in it',
    at: '/portfolio',
    sees: say.reflections.empty,
    async show(scene) {
      await scene.logIn(scene.server.account('worker'))
      await scene.open('/portfolio')
    },
  },
  {
    what: 'a reflection with nothing in it that is saved',
    at: '/portfolio/new',
    sees: say.form.missing,
    async show(scene) {
      await scene.open('/portfolio/new')
      await scene.button(say.form.save).click()
    },
  },
  {
    what: 'a reflection that is too long',
    at: '/portfolio/new',
    sees: 'Make it two.',
    async show(scene) {
      await write(scene, 'x'.repeat(8_002))
      await scene.button(say.form.save).click()
    },
  },
  {
    what: 'a reflection that was not finished',
    at: '/portfolio',
    sees: say.reflections.unfinished,
    async show(scene) {
      await write(scene, LONG)
      await pause(500)
      await scene.open('/portfolio')
    },
  },
  {
    what: 'carrying on with it',
    at: '/portfolio/draft/:id',
    sees: say.form.ask,
    show: (scene) => scene.link(say.reflections.carryOn).click(),
  },
  {
    what: 'saved without signal',
    at: '/portfolio',
    sees: say.reflections.savedHere,
    async show(scene) {
      await scene.noSignal()
      await scene.button(say.form.save).click()
    },
  },
  {
    what: 'a long reflection on its page',
    at: '/portfolio/:id',
    sees: say.reflections.change,
    async show(scene) {
      await scene.signal()
      await openFirst(scene)
      await scene.allSent()
    },
  },
  {
    what: 'changing it',
    at: '/portfolio/:id/change',
    sees: say.form.changeTitle,
    show: (scene) => scene.link(say.reflections.change).click(),
  },
  {
    what: 'changed in two places, on the page of what waits',
    at: '/waiting',
    sees: say.reflections.twoPlaces,
    show: settledElsewhere,
  },
  {
    what: 'changed in two places',
    at: '/portfolio/:id',
    sees: say.two.ask,
    show: (scene) => openFirst(scene),
  },
  {
    what: 'choosing between two texts, without a choice',
    at: '/portfolio/:id/choose',
    sees: say.two.missing,
    async show(scene) {
      await scene.link(say.two.ask).click()
      await scene.button(say.form.save).click()
    },
  },
  {
    what: 'one of two was chosen',
    at: '/portfolio',
    sees: say.two.chosen,
    async show(scene) {
      await scene.page.getByLabel(say.two.keepMine).check({ force: true })
      await scene.button(say.form.save).click()
      await scene.allSent()
    },
  },
  {
    what: 'deleting it',
    at: '/portfolio/:id/delete',
    sees: say.reflections.removeText,
    async show(scene) {
      await openFirst(scene)
      await scene.link(say.reflections.remove).click()
    },
  },
  {
    what: 'it is deleted',
    at: '/portfolio',
    sees: say.reflections.removed,
    show: (scene) => scene.button(say.reflections.removeYes).click(),
  },
  {
    what: 'what was deleted or not chosen',
    at: '/portfolio/deleted',
    sees: say.two.copies,
    show: (scene) => scene.link(say.reflections.deleted).click(),
  },
  {
    what: 'one that is deleted',
    at: '/portfolio/:id',
    sees: say.reflections.isDeleted,
    show: (scene) => scene.link(/Other words/).click(),
  },
  {
    what: 'it is back',
    at: '/portfolio',
    sees: say.reflections.broughtBack,
    show: (scene) => scene.button(say.reflections.bringBack).click(),
  },
  visit('/portfolio', say.title, 'a portfolio with a reflection'),
]

export const portfolio: Part = {
  name: 'the portfolio',
  states,
  says: { reflections: say.reflections, form: say.form, two: say.two, onlyYou: say.onlyYou },
  unsaid: [
    // The demonstration decides which logs there are; tests/pwa/portfolio.test.ts goes through supervision and learning.
    'reflections.about',
    'reflections.add',
    'reflections.goneLog',
    'reflections.of',
    // Gone when there is one, or only for a moment.
    'reflections.noneDeleted',
    'reflections.saved',
    // A refusal that the server gives to no app of its own age.
    'reflections.look',
    'reflections.needsLook',
    // Nobody sees the page without a team.
    'form.noTeam',
    // The other choice of the same page; tests/pwa/reflections.test.ts chooses each.
    'two.letGo',
    'two.theirsGone',
    'two.used',
  ].sort(),
}
