// What the portfolio says of the log: when which supervision was, learning by its sort, and which skills a log shows.
import { expect, test } from 'vitest'
import type { LogItem } from '../../pwa/src/data/phone'
import {
  certificatesOf,
  givenThisYear,
  learningOf,
  SKILLS,
  skillsOf,
  supervisionOf,
} from '../../pwa/src/screens/portfolio/sums'
import { competences } from '../../pwa/src/words/kinds/lists'
import { supervision } from '../../pwa/src/words/kinds/supervision'

const TODAY = '2026-11-20'
const SORTS = Object.keys(supervision.options.supervision_kind) as Parameters<typeof supervisionOf>[2]

/** The log as the phone has it: newest day first. */
function aLog(...logs: (readonly [day: string, details: object, more?: object])[]): LogItem[] {
  return logs
    .map(([happened_on, details, more = {}], place) => ({
      id: String(place),
      state: 'active',
      entry: { happened_on, minutes: 60, details },
      ...more,
    }))
    .sort((a, b) => (a.entry.happened_on < b.entry.happened_on ? 1 : -1)) as unknown as LogItem[]
}

const supervised = (supervision_kind: string, more: object = {}) => ({
  kind: 'supervision',
  supervision_kind,
  ...more,
})
const learnt = (cpd_kind: string, more: object = {}) => ({ kind: 'cpd', cpd_kind, ...more })

test('the monthly supervisions are there from the first day, others once there was one', () => {
  expect(supervisionOf([], TODAY, SORTS)).toEqual([
    { sort: 'peer_supervision', last: null, next: null, this_year: 0, monthly: 'usually' },
    { sort: 'line_management', last: null, next: null, this_year: 0, monthly: 'usually' },
  ])
  const log = aLog(
    ['2026-10-03', supervised('peer_supervision')],
    ['2026-11-05', supervised('line_management', { next_due_on: '2026-12-03' })],
    ['2025-11-05', supervised('mentoring')],
    ['2026-02-05', supervised('mentoring', { next_due_on: '2026-03-05' })],
  )
  expect(supervisionOf(log, TODAY, SORTS)).toEqual([
    { sort: 'peer_supervision', last: '2026-10-03', next: null, this_year: 1, monthly: 'usually' },
    { sort: 'line_management', last: '2026-11-05', next: '2026-12-03', this_year: 1, monthly: 'on_track' },
    { sort: 'mentoring', last: '2026-02-05', next: null, this_year: 1, monthly: null },
  ])
})

test('a month is 31 days, so the same day of the next month is on track', () => {
  const on = (day: string) =>
    supervisionOf(aLog([day, supervised('peer_supervision')]), TODAY, SORTS)[0]?.monthly
  expect([on('2026-10-20'), on('2026-10-19'), on(TODAY)]).toEqual(['on_track', 'usually', 'on_track'])
})

test('supervision that was given, deleted or is still to come is not supervision that was had', () => {
  const log = aLog(
    ['2026-11-05', supervised('peer_supervision', { direction: 'giving' })],
    ['2025-11-05', supervised('peer_supervision', { direction: 'giving' })],
    ['2026-11-06', supervised('peer_supervision'), { state: 'void' }],
    ['2026-11-21', supervised('peer_supervision')],
  )
  expect(supervisionOf(log, TODAY, SORTS)[0]?.last).toBeNull()
  expect(givenThisYear(log, TODAY)).toBe(1)
})

test('learning is summed for this year by its sort, most first', () => {
  const log = aLog(
    ['2026-03-01', learnt('reading')],
    ['2026-03-02', learnt('reading')],
    [
      '2026-03-02',
      learnt('conference'),
      { entry: { happened_on: '2026-03-02', details: learnt('conference') } },
    ],
    [
      '2026-01-01',
      learnt('shadowing'),
      { entry: { happened_on: '2026-01-01', minutes: 240, details: learnt('shadowing') } },
    ],
    ['2025-12-31', learnt('reading')],
    ['2026-03-03', learnt('reading'), { state: 'void' }],
  )
  expect(learningOf(log, TODAY)).toEqual([
    { sort: 'shadowing', minutes: 240 },
    { sort: 'reading', minutes: 120 },
    { sort: 'conference', minutes: 0 },
  ])
})

test('certificates and what runs out stand together, the first to run out first, each once', () => {
  const log = aLog(
    ['2024-05-01', learnt('statutory_mandatory', { title: 'Fire safety', expires_on: '2026-05-01' })],
    [
      '2026-05-02',
      learnt('statutory_mandatory', { title: 'fire safety ', expires_on: '2027-05-01', completed: true }),
    ],
    ['2026-02-01', learnt('peer_support_certificate', { completed: false })],
    ['2026-02-01', learnt('statutory_mandatory', { title: 'Moving and handling', expires_on: '2026-12-01' })],
    ['2026-02-02', learnt('reading', { title: 'A book' })],
  )
  expect(certificatesOf(log).map(({ title, sort, done, until }) => [title ?? sort, done, until])).toEqual([
    ['Moving and handling', null, '2026-12-01'],
    ['fire safety ', true, '2027-05-01'],
    ['peer_support_certificate', false, null],
  ])
})

test('a log shows the skill of its kind and those that it names, each once, in the last twelve months', () => {
  const log = aLog(
    ['2026-11-01', { kind: 'one_to_one' }],
    ['2026-11-02', { kind: 'one_to_one' }],
    ['2026-11-02', { kind: 'carer_family_support' }],
    ['2026-11-03', { kind: 'signposting' }],
    ['2026-11-04', supervised('appraisal', { competences: ['self_care_and_support', 'organisational'] })],
    ['2026-11-04', learnt('reading', { competences: ['knowledge'] })],
    ['2026-11-04', { kind: 'admin_travel' }],
    ['2025-11-01', { kind: 'advocacy' }],
    ['2026-11-01', { kind: 'community_access' }, { state: 'void' }],
  )
  const found = skillsOf(log, TODAY)
  expect(found.map(({ skill }) => skill)).toEqual(SKILLS)
  expect(
    Object.fromEntries(found.filter(({ count }) => count > 0).map(({ skill, kinds }) => [skill, kinds])),
  ).toEqual({
    knowledge: [
      ['cpd', 1],
      ['signposting', 1],
    ],
    relational_skills: [
      ['one_to_one', 2],
      ['carer_family_support', 1],
    ],
    self_care_and_support: [['supervision', 1]],
    organisational: [['supervision', 1]],
  })
})

test('all nine areas of the framework have a name', () => {
  expect(SKILLS).toHaveLength(9)
  expect(Object.keys(competences).sort()).toEqual([...SKILLS].sort())
})
