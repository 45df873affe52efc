// The forms are drawn from the description of the kinds: what each asks, in which order, and what is saved of it.
import { expect, test } from 'vitest'
import type { DraftAnswers, Kind } from '../../pwa/src/data/phone'
import { kindDescribed } from '../../pwa/src/rules/description'
import { entryProblems } from '../../pwa/src/rules/entry'
import { applying } from '../../pwa/src/screens/form/applying'
import { ownQuestions, topicQuestions } from '../../pwa/src/screens/form/details'
import { fieldOf } from '../../pwa/src/screens/form/errors'
import { asksNow, formFor, type Question } from '../../pwa/src/screens/form/forms'
import { inWords, rowsOf } from '../../pwa/src/screens/form/in-words'
import { options, questions } from '../../pwa/src/words/en'
import { base, KINDS, TODAY } from './kinds'

const draft = (details: object, more: object = {}) => ({ details, ...more }) as unknown as DraftAnswers
const fields = (asked: readonly Question[]) => asked.map(({ field }) => field)
const front = (details: object) => fields(formFor(draft(details)).front)
const asked = (details: object) => {
  const answers = draft(details)
  const { front, filled, more } = formFor(answers)
  return fields([...front, ...filled, ...more].filter((question) => asksNow(question, answers)))
}

test.each(KINDS)('%s asks for all that it cannot do without before More, without typing', (kind) => {
  const required = (kindDescribed(kind)?.fields ?? []).filter((field) => field.required)
  const { first } = ownQuestions(kind as Kind)
  for (const { name } of required) {
    const asked = first.filter(
      ({ field }) => field === `details.${name}` || field.startsWith(`details.${name}.`),
    )
    expect(asked, name).not.toEqual([])
    for (const { ask, amounts } of asked) {
      expect(ask === 'one' || ask === 'many' || amounts !== undefined, `${name}: ${ask}`).toBe(true)
    }
  }
})

test.each(KINDS)('%s has words for every question and every answer', (kind) => {
  const { first, later } = ownQuestions(kind as Kind)
  const own = [...first, ...later]
  for (const question of [...own, ...own.flatMap(({ items }) => items ?? []), ...topicQuestions()]) {
    const where = question.words.join(' or ')
    expect(
      question.words.some((key) => questions[key]),
      where,
    ).toBe(true)
    const labels = question.words.map((key) => options[key]).find((found) => found !== undefined) ?? {}
    expect(question.options?.filter((answer) => labels[answer] === undefined) ?? [], where).toEqual([])
  }
})

test('a contact asks what it was, how long and how; other work asks how long first, and never how', () => {
  expect(front({ kind: 'one_to_one' })).toEqual(['minutes', 'mode'])
  expect(front({ kind: 'accompanied_appointment' })).toEqual(['minutes', 'details.appointment_kind', 'mode'])
  expect(front({ kind: 'signposting' })).toEqual([
    'details.items.category',
    'details.items.how',
    'minutes',
    'mode',
  ])
  expect(front({ kind: 'ward_welcome' })).toEqual(['details.timing', 'minutes', 'mode'])
  expect(front({ kind: 'group_session' })).toEqual(['minutes', 'details.participants', 'details.role'])
  expect(front({ kind: 'liaison' })).toEqual(['minutes', 'details.consulted', 'details.purpose'])
  expect(front({ kind: 'supervision' })).toEqual(['minutes', 'details.supervision_kind'])
})

test('whether it went ahead, and with whom, is asked where there was somebody', () => {
  const about = (kind: Kind) =>
    ['attendance', 'person_id', 'mode', 'subject'].filter((one) => asked({ kind }).includes(one))
  expect(about('discharge_support')).toEqual(['attendance', 'person_id', 'mode', 'subject'])
  expect(about('liaison')).toEqual(['person_id', 'mode'])
  expect(about('group_session')).toEqual([])
  expect(about('team_meeting')).toEqual([])
})

test('who was there changes what is asked, and the question that decides it stays', () => {
  const carer = { kind: 'carer_family_support', recipient: 'carer_alone' }
  expect(asked(carer)).toEqual(expect.arrayContaining(['details.about_person', 'subject']))
  expect(asked(carer)).not.toContain('mode')
  expect(asked({ ...carer, about_person: true })).toContain('person_id')
  expect(asked({ ...carer, recipient: 'carer_with_person' })).not.toContain('details.about_person')
  expect(front({ kind: 'advocacy', person_present: true })).toContain('mode')
  expect(front({ kind: 'advocacy', person_present: false })).not.toContain('mode')
  expect(asked({ kind: 'recovery_college', activity: 'support_a_learner' })).toContain('attendance')
})

test('an answer that no longer applies is not saved, and one that does stays', () => {
  const left = draft({
    kind: 'discharge_support',
    stage: 'post_discharge',
    ward_label: 'Willow',
    discharged_on: '2026-11-18',
  })
  expect(applying(left).details).toEqual({
    kind: 'discharge_support',
    stage: 'post_discharge',
    discharged_on: '2026-11-18',
  })
  const carer = draft(
    { kind: 'carer_family_support', recipient: 'carer_alone' },
    {
      happened_on: '2026-11-20',
      minutes: 0,
      mode: 'phone',
      attendance: 'did_not_attend',
      person_id: 'p',
      travel_minutes: 15,
    },
  )
  expect(applying(carer)).toEqual({
    details: carer.details,
    happened_on: '2026-11-20',
    travel_minutes: 15,
  })
  const met = draft({ kind: 'one_to_one' }, { minutes: 45, mode: 'phone', place: 'ward' })
  expect(applying(met)).toEqual(met)
})

test('a card of a list in which nothing was said is not saved, and a half filled one is asked for the rest', () => {
  const meeting = draft(
    { ...base('team_meeting'), person_items: [{}, { minutes: 10, consulted: null }] },
    { happened_on: '2026-11-20' },
  )
  const saved = applying(meeting)
  expect(saved.details).toMatchObject({ person_items: [{ minutes: 10 }] })
  const field = 'set.details.person_items.0.person_id'
  expect(entryProblems(saved as never, TODAY)).toEqual([{ code: 'required', field }])
  expect(fieldOf({ code: 'required', field })).toBe('details.person_items')
})

test('the question that the server means is found wherever it stands', () => {
  const at = (field: string) => fieldOf({ code: 'required', field })
  expect(at('set.details.items.0.how')).toBe('details.items.how')
  expect(at('set.details.items')).toBe('details.items.category')
  expect(at('set.details.goals.2.life_area')).toBe('details.goals')
  expect(at('set.minutes')).toBe('minutes')
  expect(at('base')).toBeNull()
})

test('a list is said in words, one thing after the other', () => {
  const goals = [{ life_area: 'goals', status: 'doing' }, { life_area: 'confidence' }]
  const answers = draft({ kind: 'recovery_planning', plan_stage: 'started', goals })
  const question = ownQuestions('recovery_planning').later.find(({ ask }) => ask === 'list')
  expect(question && inWords(question, answers)).toBe('Goals, Working on it; Confidence')
  expect(rowsOf(answers).map(({ field }) => field)).toContain('details.goals')
})

test('what no answer means is not said again', () => {
  const rows = (details: object) => rowsOf(draft(details)).map(({ field }) => field)
  expect(rows({ ...base('advocacy'), person_present: true })).not.toContain('details.person_present')
  expect(rows({ ...base('advocacy'), person_present: false })).toContain('details.person_present')
})
