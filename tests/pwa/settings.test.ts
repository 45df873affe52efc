// A service's own settings on the phone: which answers are offered, what an admin may save, and two admins at once.
import { expect, test } from 'vitest'
import { admin } from '../../pwa/src/data/admin'
import type { EntryBody, Read, ServiceView, Settings } from '../../pwa/src/data/phone'
import { answersOf, listName, retiredFields } from '../../pwa/src/rules/answers'
import { type Answers, entryProblems } from '../../pwa/src/rules/entry'
import { daysWrong, kindsWrong, listWrong, rebased, tidied, weekWrong } from '../../pwa/src/rules/settings'
import { listNamed, listsOf, listsOfEveryKind } from '../../pwa/src/screens/admin/lists'
import { sayChange } from '../../pwa/src/screens/admin/said-changes'
import { live } from '../../pwa/src/ui/live'
import { TODAY } from './kinds'

const STAGE = 'discharge_support.stage'
const PLAIN = {
  pre_discharge_inreach: 'On the ward',
  discharge_planning: 'Planning',
  post_discharge: 'After leaving',
}
const DISCHARGE = {
  happened_on: '2026-11-20',
  minutes: 45,
  mode: 'in_person',
  place: 'ward',
  details: { kind: 'discharge_support', stage: 'post_discharge' },
} as unknown as EntryBody

function settings(more: Partial<Settings> = {}): Settings {
  return { ...TODAY.settings, answers: {}, week: ['monday'], leads_see: 'names', ...more } as Settings
}

const retiring = (list: string, ...retired: string[]) => settings({ answers: { [list]: { retired } } })
const at = (found: readonly { where: string; code: string }[]) =>
  found.map(({ where, code }) => `${where} ${code}`)

// Which answers are offered

test('every field of a form leads to its list in the settings', () => {
  expect(listName('discharge_support', 'details.stage')).toBe(STAGE)
  expect(listName('signposting', 'details.items.category')).toBe('signposting.items.category')
  expect(listName('signposting', 'item.outcome')).toBe('signposting.items.outcome')
  expect(listName('one_to_one', 'place')).toBe('entry.place')
})

test('a service’s own words, retired answers and names are those of one field', () => {
  const chosen = settings({
    answers: {
      [STAGE]: {
        retired: ['post_discharge'],
        labels: { discharge_planning: { en: 'Plans', cy: 'Cynlluniau' } },
      },
      'discharge_support.ward_label': { own: ['Oak', 'Elm'] },
    },
  })
  const stage = answersOf(chosen, 'discharge_support', 'details.stage')
  expect(stage).toEqual({ retired: ['post_discharge'], labels: { discharge_planning: 'Plans' }, own: [] })
  expect(answersOf(chosen, 'discharge_support', 'details.stage', 'cy').labels).toEqual({
    discharge_planning: 'Cynlluniau',
  })
  expect(answersOf(chosen, 'discharge_support', 'details.ward_label').own).toEqual(['Oak', 'Elm'])
  expect(answersOf(chosen, 'one_to_one', 'mode')).toEqual({ retired: [], labels: {}, own: [] })
})

test('a session that an older app has kept has no answers of its own, and works', () => {
  const { answers: _, ...older } = settings()
  expect(answersOf(older as Settings, 'one_to_one', 'mode').retired).toEqual([])
  expect(retiredFields(older as Settings, DISCHARGE)).toEqual([])
})

test('a retired answer is said at its question on a new log, and an old log keeps it', () => {
  const today = { ...TODAY, settings: retiring(STAGE, 'post_discharge') }
  const problems = (entry: object, before: EntryBody | null = null) =>
    entryProblems(entry as Answers, today, before).filter(({ code }) => code === 'retired_answer')
  expect(problems(DISCHARGE)).toEqual([{ code: 'retired_answer', field: 'set.details.stage' }])
  expect(problems({ ...DISCHARGE, minutes: 5 }, DISCHARGE)).toEqual([])
  const planning = { ...DISCHARGE, details: { kind: 'discharge_support', stage: 'discharge_planning' } }
  expect(problems(planning, DISCHARGE)).toEqual([])
  expect(problems(DISCHARGE, planning as unknown as EntryBody)).toHaveLength(1)
})

test.each([
  ['entry.place', 'ward', DISCHARGE, ['place']],
  ['entry.focus', 'goals', { ...DISCHARGE, focus: ['confidence', 'goals'] }, ['focus']],
  [
    'one_to_one.approach',
    'listening',
    { details: { kind: 'one_to_one', approach: ['listening'] } },
    ['details.approach'],
  ],
  [
    'signposting.items.category',
    'transport',
    { details: { kind: 'signposting', items: [{ category: 'housing' }, { category: 'transport' }] } },
    ['details.items.category'],
  ],
  [STAGE, 'discharge_planning', DISCHARGE, []],
  [STAGE, 'post_discharge', { details: { kind: 'one_to_one', stage: 'post_discharge' } }, []],
  [STAGE, 'post_discharge', {}, []],
])('a retired answer of %s (%s) is found where it stands', (list, answer, entry, fields) => {
  expect(retiredFields(retiring(list, answer), entry as Partial<EntryBody>)).toEqual(fields)
})

// What an admin may save

test('names say something, and no two say the same', () => {
  const named = (...labels: string[]) =>
    settings({
      kinds: settings()
        .kinds.slice(0, labels.length)
        .map((one, n) => ({ ...one, label: labels[n] ?? '' })),
    })
  expect(at(kindsWrong(settings()))).toEqual([])
  expect(at(kindsWrong(named('Group', ' group')))).toEqual(['kinds.accompanied_appointment.label twice'])
  expect(at(kindsWrong(named('Group', ' ')))).toEqual(['kinds.accompanied_appointment.label required'])
  expect(at(kindsWrong(named('Group', 'A\u202eB')))).toEqual(['kinds.accompanied_appointment.label bad_text'])
  expect(at(kindsWrong(named('Group', 'x'.repeat(81))))).toEqual([
    'kinds.accompanied_appointment.label too_long',
  ])
  const none = settings({ kinds: settings().kinds.map((one) => ({ ...one, offered: false })) })
  expect(at(kindsWrong(none))).toEqual(['kinds nothing_offered'])
})

test('a list keeps one answer at least, and a name of our own is not another answer’s usual one', () => {
  const list = (more: object) => at(listWrong(settings({ answers: { [STAGE]: more } }), STAGE, PLAIN))
  expect(list({ retired: ['post_discharge'] })).toEqual([])
  expect(list({ retired: Object.keys(PLAIN) })).toEqual([`answers.${STAGE}.retired nothing_offered`])
  expect(list({ labels: { post_discharge: { en: 'planning' } } })).toEqual([
    `answers.${STAGE}.labels.post_discharge.en twice`,
  ])
  const ward = 'discharge_support.ward_label'
  const names = (...own: string[]) => at(listWrong(settings({ answers: { [ward]: { own } } }), ward, {}, 60))
  expect(names('Oak', 'Elm')).toEqual([])
  expect(names('Oak', 'oak')).toEqual([`answers.${ward}.own.1 twice`])
  expect(names('x'.repeat(61))).toEqual([`answers.${ward}.own.0 too_long`])
})

test('days back are a number from 0 to 366, and the week has a day', () => {
  for (const days of [0, 60, 366]) expect(daysWrong(settings({ back_dating_days: days }))).toEqual([])
  for (const days of [-1, 367, 1.5]) expect(daysWrong(settings({ back_dating_days: days }))).toHaveLength(1)
  expect(weekWrong(settings())).toEqual([])
  expect(weekWrong(settings({ week: [] }))).toHaveLength(1)
})

test('spaces around names and empty lines are taken out before saving', () => {
  const typed = settings({ answers: { 'discharge_support.ward_label': { own: ['  Oak ', '', ' '] } } })
  expect(tidied(typed).answers['discharge_support.ward_label']?.own).toEqual(['Oak'])
})

// Two admins

test('my changes are laid on theirs, and theirs stay where mine say nothing', () => {
  const base = settings({ answers: { [STAGE]: { retired: ['post_discharge'], labels: {}, own: [] } } })
  const [first, second, ...others] = base.kinds
  if (!first || !second) throw new Error('there are kinds')
  const mine = {
    ...base,
    back_dating_days: 7,
    kinds: [{ ...first, label: 'Mine' }, second, ...others],
    answers: { [STAGE]: { retired: ['post_discharge', 'discharge_planning'], labels: {}, own: [] } },
  }
  const theirs = {
    ...base,
    person_codes: 'off' as const,
    kinds: [second, { ...first, offered: false }, ...others],
    answers: { [STAGE]: { retired: [], labels: { post_discharge: { en: 'Home' } }, own: [] } },
  }
  expect(rebased(base, mine, theirs)).toEqual({
    ...base,
    back_dating_days: 7,
    person_codes: 'off',
    kinds: [second, { ...first, label: 'Mine', offered: false }, ...others],
    answers: {
      [STAGE]: { retired: ['discharge_planning'], labels: { post_discharge: { en: 'Home' } }, own: [] },
    },
  })
  expect(rebased(base, base, theirs)).toEqual(theirs)
  expect(rebased(base, mine, base)).toEqual(mine)
})

test('where both changed the same setting, mine is what I am asked to look through', () => {
  const to = (back_dating_days: number) => settings({ back_dating_days })
  expect(rebased(to(60), to(7), to(14)).back_dating_days).toBe(7)
})

function saving(put: Read<unknown>, service: Read<ServiceView>) {
  const asked: unknown[] = []
  const ways = {
    read: async () => ({ ok: false, problem: 'offline' }) as const,
    put: async <T>(path: string, body: unknown) => {
      asked.push([path, body])
      return put as Read<T>
    },
    service: async () => service,
  }
  return { asked, admin: admin(ways) }
}

const service = (version: number): ServiceView => ({ id: 's', name: 'Peers', version, settings: settings() })

test('saving names the version that it goes on from, and this phone takes over what holds', async () => {
  const saved = saving(
    { ok: true, value: { service: service(3), changes: [] } },
    { ok: true, value: service(3) },
  )
  expect(await saved.admin.saveSettings(2, settings())).toEqual({ ok: true, service: service(3) })
  expect(saved.asked).toEqual([['/service/settings', { base: 2, settings: settings() }]])
  const unheard = saving(
    { ok: true, value: { service: service(3), changes: [] } },
    { ok: false, problem: 'offline' },
  )
  expect(await unheard.admin.saveSettings(2, settings())).toEqual({ ok: true, service: service(3) })
})

test('what somebody else saved meanwhile comes with the refusal', async () => {
  const problem = { code: 'settings_changed' }
  const late = saving({ ok: false, problem }, { ok: true, value: service(4) })
  expect(await late.admin.saveSettings(2, settings())).toEqual({ ok: false, problem, newer: service(4) })
  for (const other of ['offline', 'server_down', { code: 'not_signed_in' }] as const) {
    const failed = saving({ ok: false, problem: other }, { ok: true, value: service(4) })
    expect(await failed.admin.saveSettings(2, settings())).toEqual({ ok: false, problem: other, newer: null })
  }
})

// The screens

test('every list of every kind has a title and a usual name for each answer', () => {
  const kinds = settings().kinds.map(({ kind }) => kind)
  const lists = [...listsOfEveryKind(), ...kinds.flatMap(listsOf)]
  expect(lists.length).toBeGreaterThan(75)
  for (const { name, title, plain, longest } of lists) {
    expect(title, name).not.toBe('')
    expect(Object.keys(plain).length > 0, name).toBe(longest === null)
    expect(Object.values(plain).every(Boolean), name).toBe(true)
    expect(listNamed(name)?.name).toBe(name)
  }
  expect(listNamed('discharge_support.mood')).toBeNull()
  expect(listNamed('nothing')).toBeNull()
})

test('a change is said in words', () => {
  live.session.value = null
  const said = (setting: string, before: unknown, after: unknown) => sayChange({ setting, before, after })
  expect(said('back_dating_days', 60, 14)).toBe('Days back: 60 → 14')
  expect(said('kinds.signposting.offered', true, false)).toBe('Signposting, offered: on → off')
  expect(said('week', ['monday'], ['monday', 'sunday'])).toBe('Working week: Monday → Monday, Sunday')
  expect(said(`answers.${STAGE}.retired`, null, ['post_discharge'])).toBe(
    'Discharge support, Stage, not offered: nothing → After leaving',
  )
  expect(said(`answers.${STAGE}.labels.post_discharge.en`, null, 'At home')).toBe(
    'Name of Discharge support, Stage, After leaving: nothing → At home',
  )
  expect(said('answers.entry.place.retired', ['prison'], null)).toMatch(/^Where, not offered: .+ → nothing$/)
  expect(said('kinds', ['signposting', 'liaison'], ['liaison', 'signposting'])).toBe(
    'Order of the activities: Signposting, Liaison → Liaison, Signposting',
  )
})
