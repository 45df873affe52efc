// What the worker's screens say of a log: its history, how far sending has come, what is found, what can come back.
import { expect, test } from 'vitest'
import type { LogItem } from '../../pwa/src/data/phone'
import type { Change } from '../../pwa/src/data/schema.gen'
import { deletedBy, deletedHere, withinReach } from '../../pwa/src/screens/deleted-days'
import { linesOf } from '../../pwa/src/screens/entry-history'
import { byDay, found, monthsOf } from '../../pwa/src/screens/finding'
import { problemText } from '../../pwa/src/screens/reason'
import { monthName, stamp } from '../../pwa/src/ui/dates'
import { live } from '../../pwa/src/ui/live'
import { howItStands, progress, waitsFor } from '../../pwa/src/ui/sending'

const SAM = 'sam'
const LEAD = 'lead'
const AT = new Date(2026, 10, 21, 16, 10).getTime()
const WHEN = stamp(AT)

const aChange = (op: string, action: Change['action'], more: Partial<Change> = {}): Change => ({
  op,
  action,
  user_id: SAM,
  author_id: SAM,
  received_at: AT,
  outcome: 'applied',
  reason: null,
  version: Number(op),
  ...more,
})
const aLog = (id: string, happened_on: string, kind: string, acts: LogItem['acts'] = []) =>
  ({ id, entry: { happened_on, details: { kind } }, acts }) as unknown as LogItem

test('history says what was done, by whom and when, and leaves out what changed nothing', () => {
  const changes = [
    aChange('1', 'create'),
    aChange('2', 'amend'),
    aChange('settles', 'amend', { version: 2 }),
    aChange('late', 'amend', { outcome: 'conflict', reason: 'version', version: null }),
    aChange('3', 'void', { user_id: LEAD }),
    aChange('4', 'unvoid'),
    aChange('5', 'amend', { user_id: LEAD }),
  ]
  expect(linesOf({ changes }, [], SAM).map(({ text }) => text)).toEqual([
    `You logged this on ${WHEN}.`,
    `You changed this on ${WHEN}.`,
    `A change of ${WHEN} was kept and not used.`,
    `Your team lead deleted this on ${WHEN}.`,
    `You brought this back on ${WHEN}.`,
    `Your team lead accepted this on ${WHEN}.`,
  ])
})

test('without signal history is what this phone knows, and nothing is said twice when the server has told', () => {
  const acts = [
    { op: '1', action: 'create', at: AT, waiting: false },
    { op: '2', action: 'amend', at: AT, waiting: true },
  ] as const
  const here = [`You logged this on ${WHEN}.`, `You changed this on ${WHEN}. Waiting to send.`]
  expect(linesOf(null, acts, SAM).map(({ text }) => text)).toEqual(here)
  const told = linesOf({ changes: [aChange('1', 'create')] }, acts, SAM)
  expect(told.map(({ text }) => text)).toEqual(here)
})

test('the time of a change is said as people say it', () => {
  expect(stamp(AT, new Date(AT))).toBe('21 November, 4:10pm')
  expect(stamp(AT, new Date(2027, 0, 1))).toBe('21 November 2026, 4:10pm')
})

test('sending says the place of the log on its way, aloud only at each quarter', () => {
  expect([5, 4, 3, 2, 1].map((waiting) => progress(5, waiting).place)).toEqual([1, 2, 3, 4, 5])
  expect(progress(5, 4)).toMatchObject({ place: 2, of: 5 })
  expect(new Set(Array.from({ length: 100 }, (_, gone) => progress(100, 100 - gone).said)).size).toBe(4)
})

test.each([
  ['offline', ['it'], 'Being sent now'],
  ['sending', ['it'], 'Being sent now'],
  ['sending', ['another'], 'Will be sent soon'],
  ['offline', ['another'], 'Waits for signal'],
  ['no_answer', ['another'], 'Will be tried again soon'],
  ['idle', [], 'Will be sent soon'],
  ['server_down', [], 'Waits until the service works again'],
  ['needs_signin', [], 'Waits until you log in again'],
  ['account_closed', [], 'Waits for your service to help send it'],
] as const)('a log says what it waits for at this moment: %s, %j on its way', (phase, sending, text) => {
  const sync = { ...live.sync.value, phase, sending }
  expect(waitsFor(sync, 'it')).toBe(text)
  if (sending.length === 0) {
    expect(waitsFor({ ...sync, signed_out: true }, 'it')).toBe('Waits until you log in again')
  }
})

test.each([
  ['no_answer', {}, 'We could not send just now.'],
  ['server_down', { days: 4 }, 'We could not send just now.'],
  ['offline', {}, 'No signal. Nothing is lost.'],
  ['offline', { tried: true }, 'We could not send just now.'],
  ['offline', { days: 3 }, 'These have been waiting 3 days.'],
  ['account_closed', { tried: true }, 'Your account is closed.'],
  ['idle', {}, '2 logs are on this phone and not sent yet.'],
  ['idle', { logs: 1 }, '2 things are on this phone'],
  ['idle', { logs: 0, codes: 2 }, '2 person codes are on this phone'],
] as const)('what waits is explained by what is so: %s, %j', (phase, change, text) => {
  const unsent = { logs: 2, codes: 0, asks: false, tried: false, days: 0, ...change }
  expect(howItStands({ ...live.sync.value, phase, waiting: 2 }, unsent)).toContain(text)
})

test('a deleted log can come back for 30 days and no longer', () => {
  const day = 86_400_000
  expect(withinReach(Date.now() - 29.9 * day)).toBe(true)
  expect(withinReach(Date.now() - 30.1 * day)).toBe(false)
  expect(withinReach(null)).toBe(true)
})

test('when it was deleted is known from this phone or from the server, and the last time counts', () => {
  const acts = [
    { op: '1', action: 'void', at: 1, waiting: false },
    { op: '2', action: 'unvoid', at: 2, waiting: false },
    { op: '3', action: 'void', at: 3, waiting: false },
  ] as const
  expect(deletedHere(aLog('a', '2026-11-20', 'one_to_one', acts))).toBe(3)
  expect(deletedHere(aLog('a', '2026-11-20', 'one_to_one'))).toBeNull()
  const changes = [
    aChange('1', 'void', { received_at: 5 }),
    aChange('2', 'void', { received_at: 9, outcome: 'conflict' }),
  ]
  expect(deletedBy({ changes })).toBe(5)
})

test('logs are found by every word of the activity, and by month', () => {
  const log = [
    aLog('a', '2026-11-20', 'accompanied_appointment'),
    aLog('b', '2026-11-19', 'one_to_one'),
    aLog('c', '2026-10-02', 'accompanied_appointment'),
  ]
  const ids = (text: string, month: string) => found(log, { text, month }).map(({ id }) => id)
  expect(ids('', '')).toEqual(['a', 'b', 'c'])
  expect(ids('APPOINT acc', '')).toEqual(['a', 'c'])
  expect(ids('accompanied', '2026-10')).toEqual(['c'])
  expect(ids('accompanied one', '')).toEqual([])
  expect(monthsOf(log)).toEqual(['2026-11', '2026-10'])
  expect(byDay(log).map(([day, items]) => [day, items.length])).toEqual([
    ['2026-11-20', 1],
    ['2026-11-19', 1],
    ['2026-10-02', 1],
  ])
})

test('a closed month is called by its name, with the year where it is another', () => {
  expect(monthName('2026-09-30', '2026-11-20')).toBe('September')
  expect(monthName('2025-09-30', '2026-11-20')).toBe('September 2025')
  const day = `${new Date().getFullYear()}-09-03`
  expect(problemText('rule:closed', [{ code: 'closed' }], day)).toBe(
    'September is closed for changes. Your team lead can reopen it. Ask them, or keep this log on your phone for now.',
  )
})
