// Which past logs are offered to be logged again, and what is taken over from one.
import { expect, test } from 'vitest'
import type { EntryBody, Kind, LogItem } from '../../pwa/src/data/phone'
import { likeThat, pastLogs } from '../../pwa/src/screens/log-again'

const OFFERED: readonly Kind[] = ['one_to_one', 'admin_travel']

function logged(saved_at: number, entry: Partial<EntryBody>, item: Partial<LogItem> = {}): LogItem {
  const body = {
    happened_on: '2026-11-20',
    attendance: 'attended',
    details: { kind: 'one_to_one' },
    ...entry,
  }
  return {
    id: `log ${saved_at}`,
    entry: body,
    state: 'active',
    sending: 'sent',
    saved_at,
    ...item,
  } as LogItem
}

const ids = (log: readonly LogItem[]) => pastLogs(log, OFFERED).map(({ id }) => id)

test('the last three that differ are offered, the newest first, on whatever day they happened', () => {
  const log = [20, 30, 30, 45, 60].map((minutes, at) => logged(at, { minutes, mode: 'in_person' }))
  expect(ids(log)).toEqual(['log 4', 'log 3', 'log 2'])
})

test('what is deleted, needs a look, did not go ahead or is offered no more is not repeated', () => {
  const log = [
    logged(1, { minutes: 10 }),
    logged(2, { minutes: 20 }, { state: 'void' }),
    logged(3, { minutes: 30 }, { sending: 'needs_a_look' }),
    logged(4, { attendance: 'did_not_attend' } as Partial<EntryBody>),
    logged(5, { minutes: 50, details: { kind: 'discharge_visit' } } as unknown as Partial<EntryBody>),
  ]
  expect(ids(log)).toEqual(['log 1'])
})

test('years of the same two things are not gone through for a third', () => {
  const years = Array.from({ length: 5_000 }, (_, at) => logged(at + 1, { minutes: 20 + (at % 2) }))
  expect(ids([logged(0, { minutes: 90 }), ...years])).toEqual(['log 5000', 'log 4999'])
})

test('a new log like a past one asks anew how it went, and is for the day that is meant', () => {
  const past = logged(1, { minutes: 30, attendance: 'attended_late' } as Partial<EntryBody>).entry
  const next = likeThat(past, '2026-11-22')
  expect(next).toMatchObject({ happened_on: '2026-11-22', minutes: 30, details: { kind: 'one_to_one' } })
  expect(next.attendance).toBeUndefined()
})
