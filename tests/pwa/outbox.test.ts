// The rules of the outbox: the only edges there are between pending, settled and quarantined.
import { expect, test } from 'vitest'
import {
  afterUpdate,
  forgettable,
  KEPT_MS,
  open,
  PENDING,
  reoffered,
  type Standing,
  settle,
  trouble,
  unsettled,
} from '../../pwa/src/data/outbox'
import { supersedes } from '../../pwa/src/data/replica'

const APPLIED = settle(PENDING, { id: 'x', outcome: 'applied' }, 10)
const CONFLICT = settle(PENDING, { id: 'x', outcome: 'conflict', reason: 'version' }, 10)
const REJECTED = settle(
  PENDING,
  { id: 'x', outcome: 'rejected', reason: 'unreadable', retry: 'after_update' },
  10,
)

test('applied, duplicate and conflict settle; rejected does not', () => {
  expect(APPLIED).toMatchObject({ state: 'settled', outcome: 'applied', settled_at: 10 })
  expect(CONFLICT).toMatchObject({ state: 'settled', outcome: 'conflict', reason: 'version' })
  expect(REJECTED).toMatchObject({ state: 'quarantined', outcome: null, settled_at: null })
})

test('a duplicate counts as what it was answered first', () => {
  expect(settle(PENDING, { id: 'x', outcome: 'duplicate', first: 'applied' }, 10)).toEqual(APPLIED)
  const first = settle(PENDING, { id: 'x', outcome: 'duplicate', first: 'conflict', reason: 'version' }, 10)
  expect(first).toEqual(CONFLICT)
})

test('rejected for now stays pending', () => {
  expect(settle(PENDING, { id: 'x', outcome: 'rejected', retry: 'later' }, 10)).toBe(PENDING)
})

test('a late rejection cannot take back what was settled', () => {
  expect(settle(APPLIED, { id: 'x', outcome: 'rejected', retry: 'never' }, 20)).toBe(APPLIED)
})

test('what is rejected is never forgotten, nor is an open conflict; the rest is kept thirty days', () => {
  const much_later = 10 + 10 * KEPT_MS
  expect(forgettable(PENDING, much_later)).toBe(false)
  expect(forgettable(REJECTED, much_later)).toBe(false)
  expect(forgettable({ ...REJECTED, closed_by: 'put_away' }, much_later)).toBe(false)
  expect(forgettable(CONFLICT, much_later)).toBe(false)
  expect(forgettable({ ...CONFLICT, closed_by: 'another' }, much_later)).toBe(true)
  expect(forgettable(APPLIED, 10 + KEPT_MS)).toBe(false)
  expect(forgettable(APPLIED, 11 + KEPT_MS)).toBe(true)
})

test('a restored server is offered again everything that is settled and kept, however old', () => {
  expect(reoffered(APPLIED)).toEqual(PENDING)
  expect(reoffered(CONFLICT)).toEqual(PENDING)
  expect(reoffered({ ...CONFLICT, closed_by: 'another' })).toEqual({ ...PENDING, closed_by: 'another' })
  expect(reoffered({ ...APPLIED, settled_at: -10 * KEPT_MS })).toEqual(PENDING)
  expect(reoffered(REJECTED)).toBe(REJECTED)
})

test('a newer app tries again only what it may make readable and nobody has put away', () => {
  expect(afterUpdate(REJECTED)).toEqual(PENDING)
  for (const standing of [
    APPLIED,
    CONFLICT,
    { ...REJECTED, retry: 'never' } as Standing,
    { ...REJECTED, closed_by: 'put_away' },
  ]) {
    expect(afterUpdate(standing)).toBe(standing)
  }
})

test('what only this phone has is what is pending or waits for the worker', () => {
  expect([PENDING, REJECTED, APPLIED, CONFLICT].map(unsettled)).toEqual([true, true, false, false])
  expect([PENDING, REJECTED, APPLIED, CONFLICT].map(open)).toEqual([false, true, false, true])
})

test('the worker is told by the reason whether it needs a look or was changed in two places', () => {
  const told = (reason: string) => trouble({ ...CONFLICT, reason })
  for (const reason of ['version', 'entry_void', 'exists', 'unknown_entry']) {
    expect(told(reason)).toBe('changed_in_two_places')
  }
  for (const reason of ['rule:future_date', 'not_member', 'anything_new'])
    expect(told(reason)).toBe('needs_a_look')
  expect(trouble(REJECTED)).toBe('needs_a_look')
})

test('only a greater version, or a newer incarnation of the server, replaces a row', () => {
  const row = (epoch: number, version: number) => ({ epoch, version })
  expect(supersedes(row(1, 1), undefined)).toBe(true)
  expect(supersedes(row(1, 3), row(1, 2))).toBe(true)
  expect(supersedes(row(1, 2), row(1, 2))).toBe(false)
  expect(supersedes(row(1, 1), row(1, 2))).toBe(false)
  expect(supersedes(row(2, 1), row(1, 9))).toBe(true)
  expect(supersedes(row(1, 9), row(2, 1))).toBe(false)
})
