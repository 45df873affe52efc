// One banner at most: which of the things that stand is said, and how rarely the less pressing ones are.
import { expect, test } from 'vitest'
import type { Snapshot } from '../../pwa/src/data/phone'
import { type Around, standing } from '../../pwa/src/ui/standing'

const DAY_MS = 86_400_000
const NOW = 100 * DAY_MS
const around: Around = {
  now: NOW,
  update_later: false,
  weekly: true,
  logs_here: true,
  installed: false,
  phone: true,
  refused_at: 0,
}

/** Everything is wrong at once, but for what is given. */
function all(change: Partial<Snapshot> = {}, sync: Partial<Snapshot['sync']> = {}): Snapshot {
  return {
    storage: 'low',
    update_ready: true,
    log: [{}],
    ...change,
    sync: {
      phase: 'idle',
      needs_a_look: 1,
      changed_in_two_places: 1,
      waiting: 2,
      oldest_waiting_at: NOW - 3 * DAY_MS,
      ...sync,
    },
  } as unknown as Snapshot
}

const settled = { needs_a_look: 0, changed_in_two_places: 0 }
const sent = { ...settled, waiting: 0, oldest_waiting_at: null }

test('what needs a look comes before storage, storage before an update, an update before what waits', () => {
  expect(standing(all({}, { phase: 'needs_signin' }), around)).toEqual({ what: 'log_in' })
  for (const phase of ['needs_signin', 'offline', 'server_down'] as const) {
    expect(standing(all({}, { phase, signed_out: true }), around)).toEqual({ what: 'signed_out' })
  }
  expect(standing(all(), around)).toEqual({ what: 'look', logs: 2 })
  expect(standing(all({ storage: 'full' }, settled), around)).toEqual({ what: 'full' })
  expect(standing(all({}, settled), around)).toEqual({ what: 'low' })
  expect(standing(all({ storage: 'ok' }, settled), around)).toEqual({ what: 'update_ready' })
  expect(standing(all({ storage: 'ok', update_ready: false }, settled), around)).toEqual({
    what: 'waiting_long',
    days: 3,
  })
})

test('an update that was put off is not said again, and one that the server needs is said all the same', () => {
  const later = { ...around, update_later: true }
  expect(standing(all({ storage: 'ok' }, settled), later)).toEqual({ what: 'waiting_long', days: 3 })
  expect(standing(all({ storage: 'ok' }, { ...settled, phase: 'update_needed' }), later)).toEqual({
    what: 'update_needed',
  })
})

test.each([
  ['on a page where a thumb is at work', { weekly: false }, {}],
  ['from the home screen', { installed: true }, {}],
  ['to somebody who does not log', { logs_here: false }, {}],
  ['before the first log', {}, { log: [] }],
  ['within a week of Later', { refused_at: NOW - 7 * DAY_MS }, {}],
])('adding the app is not asked for %s', (_, change, snapshot) => {
  const calm = all({ storage: 'unprotected', update_ready: false, ...snapshot }, sent)
  expect(standing(calm, { ...around, ...change })).toBeNull()
})

test('unprotected storage is said once a week, adding the app to a phone once in 30 days', () => {
  const refused = (days: number) => ({ ...around, refused_at: NOW - days * DAY_MS - 1 })
  const unprotected = all({ storage: 'unprotected', update_ready: false }, sent)
  const safe = all({ storage: 'ok', update_ready: false }, sent)
  expect(standing(unprotected, refused(7))).toEqual({ what: 'unprotected' })
  expect(standing(safe, refused(29))).toBeNull()
  expect(standing(safe, refused(30))).toEqual({ what: 'install' })
  expect(standing(safe, { ...refused(30), phone: false })).toBeNull()
})
