// The people that a team supports: the list, one of them, what is changed, ended and put together.
import { peopleWords } from '../../pwa/src/words/people'
import { type Scene, type State, visit } from './scene'
import type { Part } from './states'

const say = peopleWords
const CODE = 'PLUM-91'
const NHS_NUMBER = '943 476 5919'

async function openPerson(scene: Scene): Promise<void> {
  await scene.open('/people')
  await scene.page.getByLabel(say.find).fill(CODE)
  await scene.link(new RegExp(CODE)).click()
  await scene.page.getByRole('heading', { level: 1, name: CODE }).waitFor()
}

const states: readonly State[] = [
  {
    what: 'the people of a team',
    at: '/people',
    sees: say.add.title,
    async show(scene) {
      await scene.logIn(scene.server.account('worker'))
      await scene.open('/people')
    },
  },
  {
    what: 'a search for a code that is not there',
    at: '/people',
    sees: say.none,
    show: (scene) => scene.page.getByLabel(say.find).fill('nothing like it'),
  },
  {
    what: 'a person who was added without signal',
    at: '/people/:id',
    sees: say.one.noLogs,
    async show(scene) {
      await scene.noSignal()
      await scene.page.getByLabel(say.add.code).fill(CODE)
      await scene.button(say.add.button).click()
    },
  },
  {
    what: 'a reference that is a number of another sort',
    at: '/people/:id/change',
    sees: 'Not an email, a date, a phone number or an NHS number',
    async show(scene) {
      await scene.signal()
      await openPerson(scene)
      await scene.link(say.one.change).click()
      await scene.page.getByLabel(say.one.patient).fill(NHS_NUMBER)
      await scene.button('Save').click()
    },
  },
  {
    what: 'an end without a reason',
    at: '/people/:id/end',
    sees: say.end.missingWhy,
    async show(scene) {
      await openPerson(scene)
      await scene.link(say.one.end).click()
      await scene.button(say.end.button).click()
    },
  },
  {
    what: 'nobody chosen as the same person',
    at: '/people/:id/same',
    sees: say.same.missing,
    async show(scene) {
      await openPerson(scene)
      await scene.link(say.one.same).click()
      await scene.button(say.same.goOn).click()
    },
  },
  {
    what: 'the question before two codes are put together',
    at: '/people/:id/same',
    sees: 'You can take them apart again.',
    async show(scene) {
      await scene.page.locator('#same input').first().check({ force: true })
      await scene.button(say.same.goOn).click()
    },
  },
  {
    what: 'two codes of one person',
    at: '/people/:id',
    sees: say.one.also,
    show: (scene) => scene.button(say.same.yes).click(),
  },
  visit('/people', say.title, 'the people after that'),
]

export const people: Part = {
  name: 'the people supported',
  states,
  says: { title: say.title, text: say.text, missing: [say.same.missing, say.end.missingWhy] },
  unsaid: [],
}
