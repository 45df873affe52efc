// The engine alone: what it decides for each thing that can happen.
import { expect, test } from 'vitest'
import { atRest, MOST_OPERATIONS, step } from '../../pwa/src/data/engine'
import type { EngineState, Event, Waiting } from '../../pwa/src/data/engine-events'
import type { PullAnswer, PushAnswer, Result } from '../../pwa/src/data/schema.gen'
import type { Failure } from '../../pwa/src/data/wire'

const REST = atRest({ epoch: 1, scope_version: 1, bound: true })
const AT = 1_000_000

function waiting(count: number, bytes = 100): Waiting[] {
  return Array.from({ length: count }, (_, i) => ({ id: `op-${i}`, thing_id: `thing-${i}`, bytes }))
}

function pushed(sent: readonly Waiting[], results: Partial<Result>[], more: Partial<PushAnswer> = {}): Event {
  const named = results.map((result, i) => ({ id: sent[i]?.id ?? null, ...result }) as Result)
  const answer: PushAnswer = { epoch: 1, server_time: AT, accepts_schema: [1, 1], results: named, ...more }
  return { type: 'pushed', sent, answer, sent_at: AT, at: AT, jitter: 0.5 }
}

function pulled(more: Partial<PullAnswer> = {}, asked: Record<string, string | null> = {}): Event {
  const answer: PullAnswer = {
    user_id: 'sam',
    epoch: 1,
    server_time: AT,
    scope_version: 1,
    scope: ['team'],
    teams: { team: { cursor: '1.1.1', more: false } },
    conflicts: [],
    ...more,
  }
  return { type: 'pulled', asked, open_here: [], answer, sent_at: AT, at: AT, jitter: 0.5 }
}

function failed(failure: Failure, sent: readonly Waiting[] = [], jitter = 0.5): Event {
  return { type: 'failed', failure, sent, at: AT, jitter }
}

function refused(status: number, code = 'x', retry_after_ms: number | null = null): Failure {
  return { kind: 'refused', status, code, problems: [], retry_after_ms }
}

function pushing(count: number, state: EngineState = REST): EngineState {
  const [looking] = step(state, { type: 'wake', cause: 'saved', at: AT })
  return step(looking, { type: 'outbox', pending: waiting(count), epoch: 1 })[0]
}

function does(state: EngineState, event: Event): string[] {
  return step(state, event)[1].map((effect) => effect.do)
}

test('push comes before pull, and pull when nothing is left to send', () => {
  const [looking, look] = step(REST, { type: 'wake', cause: 'saved', at: AT })
  expect(look).toEqual([{ do: 'look' }])
  expect(does(looking, { type: 'outbox', pending: waiting(1), epoch: 1 })).toEqual(['push'])
  expect(does(looking, { type: 'outbox', pending: [], epoch: 1 })).toEqual(['pull'])
})

test('a device that is not bound is bound before anything is sent', () => {
  const [looking] = step({ ...REST, bound: false }, { type: 'wake', cause: 'signed_in', at: AT })
  const [binding, effects] = step(looking, { type: 'outbox', pending: waiting(1), epoch: 1 })
  expect(effects).toEqual([{ do: 'bind' }])
  expect(step(binding, { type: 'bound', epoch: 1, at: AT })).toMatchObject([
    { bound: true },
    [{ do: 'look' }],
  ])
})

test('what happens while the engine is busy is looked at afterwards', () => {
  const busy = pushing(1)
  const [marked, nothing] = step(busy, { type: 'wake', cause: 'saved', at: AT })
  expect(nothing).toEqual([])
  const [looking] = step(marked, pushed(waiting(1), [{ outcome: 'applied' }]))
  const [pulling] = step(looking, { type: 'outbox', pending: [], epoch: 1 })
  expect(does(pulling, pulled())).toContain('look')
})

test('at most a hundred operations and a quarter of a megabyte go in one push', () => {
  const [looking] = step(REST, { type: 'wake', cause: 'tap', at: AT })
  const batchOf = (pending: Waiting[]) => {
    const [, [effect]] = step(looking, { type: 'outbox', pending, epoch: 1 })
    return effect?.do === 'push' ? effect.batch.length : 0
  }
  expect(batchOf(waiting(250))).toBe(MOST_OPERATIONS)
  expect(batchOf(waiting(10, 100_000))).toBe(2)
  expect(batchOf(waiting(10, 900_000))).toBe(1)
})

test('only what the answer names is settled, and only by its own result', () => {
  const sent = waiting(3)
  const [state, effects] = step(pushing(3), {
    ...pushed(sent, []),
    answer: {
      epoch: 1,
      server_time: AT,
      accepts_schema: [1, 1],
      results: [
        { id: 'op-1', outcome: 'applied' },
        { id: 'somebody-else', outcome: 'applied' },
        { id: null, outcome: 'rejected', reason: 'unreadable', retry: 'never' },
      ],
    },
  } as Event)
  expect(effects).toEqual([
    { do: 'settle', results: [{ id: 'op-1', outcome: 'applied' }], epoch: 1, told_at: AT },
    { do: 'look' },
  ])
  // The two that were not answered wait until the others had their turn.
  expect(state.held).toEqual(['thing-0', 'thing-2'])
})

test.each([400, 413, 422])(
  'a batch that is answered %i is halved, and a single one is set aside',
  (status) => {
    let state = pushing(4)
    let sent = waiting(4)
    for (const left of [2, 1]) {
      const [next, effects] = step(state, failed(refused(status, 'unreadable'), sent))
      expect(effects).toEqual([{ do: 'look' }])
      const [again, [push]] = step(next, { type: 'outbox', pending: waiting(4), epoch: 1 })
      sent = push?.do === 'push' ? [...push.batch] : []
      expect(sent).toHaveLength(left)
      state = again
    }
    const [, effects] = step(state, failed(refused(status, 'unreadable'), sent))
    expect(effects).toMatchObject([
      {
        do: 'settle',
        results: [{ id: 'op-0', outcome: 'rejected', reason: 'unreadable', retry: 'after_update' }],
      },
      { do: 'look' },
    ])
  },
)

test('a timeout halves the batch; a single operation is never set aside for it, it only lets others go first', () => {
  const [halved] = step(pushing(8), failed({ kind: 'timeout' }, waiting(8)))
  expect(halved.batch).toBe(4)
  const [rested, effects] = step(pushing(1), failed({ kind: 'timeout' }, waiting(1)))
  expect(effects).toMatchObject([{ do: 'wait' }])
  expect(rested).toMatchObject({ phase: 'no_answer', held: ['thing-0'] })
  const [looking] = step(rested, { type: 'wake', cause: 'timer', at: rested.not_before })
  expect(step(looking, { type: 'outbox', pending: waiting(2), epoch: 1 })[1]).toMatchObject([
    { do: 'push', batch: [{ id: 'op-1' }] },
  ])
})

/** How one push after the other goes over a link that carries so many of them in time. */
function overALink(carries: number, pushes: number): number[] {
  let state = REST
  const sizes: number[] = []
  while (sizes.length < pushes) {
    const [pushed_now, [effect]] = step(
      { ...state, step: 'looking' },
      { type: 'outbox', pending: waiting(1000), epoch: 1 },
    )
    const sent = effect?.do === 'push' ? effect.batch : []
    sizes.push(sent.length)
    const answered = pushed(
      sent,
      sent.map(() => ({ outcome: 'applied' })),
    )
    ;[state] = step(pushed_now, sent.length > carries ? failed({ kind: 'timeout' }, sent) : answered)
  }
  return sizes
}

test('what a link carries is found in a few steps, and it is not asked for more again and again', () => {
  for (const carries of [3, 10, 49, 50, 51, 60, 87, 99]) {
    const sizes = overALink(carries, 40)
    expect(sizes.filter((size) => size > carries).length, `${sizes}`).toBeLessThanOrEqual(8)
    expect(
      sizes.slice(20).every((size) => size <= carries && size > carries * 0.6),
      `${sizes}`,
    ).toBe(true)
  }
})

test('a page that takes too long is asked for again at once, and smaller, down to a single row', () => {
  let state: EngineState = { ...REST, step: 'pulling', rows: 100 }
  const rows = []
  for (
    let effects = step(state, failed({ kind: 'timeout' }));
    ;
    effects = step(state, failed({ kind: 'timeout' }))
  ) {
    const [next, [effect]] = effects
    state = next
    if (effect?.do !== 'pull') break
    rows.push(effect.rows)
  }
  expect(rows).toEqual([50, 25, 13, 7, 4, 2, 1])
  expect(state).toMatchObject({ step: 'rest', phase: 'no_answer' })
})

test('a write that another tab has overtaken is followed by another look, with the epoch of the database', () => {
  const [looking, effects] = step({ ...pushing(1), epoch: 2 }, { type: 'outdated' })
  expect(effects).toEqual([{ do: 'look' }])
  const [next] = step(looking, { type: 'outbox', pending: waiting(1), epoch: 1 })
  expect(next).toMatchObject({ epoch: 1, scope_version: 0 })
  // So the epoch that could not be begun with is begun with now.
  expect(does(next, pushed(waiting(1), [{ outcome: 'applied' }], { epoch: 2 }))).toContain('new_epoch')
})

test('the session of another user settles nothing, and waits for ours', () => {
  const [rested, effects] = step({ ...REST, step: 'pulling' }, { type: 'somebody_else' })
  expect(rested).toMatchObject({ phase: 'needs_signin', bound: false, step: 'rest' })
  expect(effects).toEqual([])
})

test('a batch grows again when it gets through', () => {
  const [next] = step({ ...pushing(1), batch: 1 }, pushed(waiting(1), [{ outcome: 'applied' }]))
  expect(next.batch).toBe(2)
})

test('an operation that the server stumbles over is tried alone, and then lets the others go first', () => {
  let state: EngineState = { ...pushing(3), failures: 2 }
  const [single] = step(state, failed(refused(500), waiting(3)))
  expect(single.batch).toBe(1)
  state = { ...single, step: 'pushing' }
  const [rested] = step(state, failed(refused(500), waiting(1)))
  expect(rested).toMatchObject({ phase: 'server_down', held: ['thing-0'] })
})

test('the wait grows from two seconds to five minutes, spread by chance', () => {
  const waits = []
  let state = REST
  for (let failures = 0; failures < 12; failures += 1) {
    const [next] = step({ ...state, step: 'pushing' }, failed({ kind: 'network' }, [], 1))
    waits.push((next.not_before - AT) / 1000)
    state = next
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300])
  const [soonest] = step({ ...REST, step: 'pushing' }, failed({ kind: 'network' }, [], 0))
  expect(soonest.not_before - AT).toBe(1000)
})

test('a server that asks for time is given it, but for a tap', () => {
  const [rested] = step(pushing(1), failed(refused(503, 'busy', 60_000), waiting(1)))
  expect(rested).toMatchObject({ phase: 'server_down', not_before: AT + 60_000 })
  for (const cause of ['saved', 'visible', 'online', 'timer'] as const) {
    expect(does(rested, { type: 'wake', cause, at: AT + 1 })).toEqual(['wait'])
  }
  expect(does(rested, { type: 'wake', cause: 'tap', at: AT + 1 })).toEqual(['look'])
})

test('a clock that is put back does not make a phone wait for years', () => {
  const [rested] = step(pushing(1), failed(refused(503, 'busy', 60_000), waiting(1)))
  expect(does(rested, { type: 'wake', cause: 'timer', at: AT - 1 })).toEqual(['look'])
})

test.each([
  ['network', 'offline'],
  ['timeout', 'no_answer'],
] as const)('after a %s any sign of life starts a try at once: %s', (kind, phase) => {
  const [rested] = step(pushing(1), failed({ kind }, waiting(1)))
  expect(rested.phase).toBe(phase)
  for (const cause of ['saved', 'visible', 'online', 'tap'] as const) {
    expect(does(rested, { type: 'wake', cause, at: AT + 1 })).toEqual(['look'])
  }
})

test.each([
  [401, 'not_signed_in', 'needs_signin'],
  [401, 'account_closed', 'account_closed'],
  [403, 'not_allowed', 'account_closed'],
  [426, 'update_needed', 'update_needed'],
] as const)('%i %s settles nothing and waits for somebody: %s', (status, code, phase) => {
  const [rested, effects] = step(pushing(3), failed(refused(status, code), waiting(3)))
  expect(rested).toMatchObject({ phase, step: 'rest' })
  expect(effects).toEqual([])
  expect(does(rested, { type: 'wake', cause: 'timer', at: AT })).toEqual([])
  expect(does(rested, { type: 'wake', cause: 'tap', at: AT })).toEqual(['look'])
})

test('a phone that the service has signed out remembers it until a session lets it in again', () => {
  const [out, effects] = step(pushing(3), failed(refused(401, 'device_signed_out'), waiting(3)))
  expect(out).toMatchObject({ phase: 'needs_signin', signed_out: true, bound: false, step: 'rest' })
  expect(effects).toEqual([{ do: 'keep_signed_out', signed_out: true }])

  const again = atRest({ epoch: 1, scope_version: 1, bound: true, signed_out: true })
  expect(again).toMatchObject({ phase: 'needs_signin', signed_out: true })
  const [looking] = step(again, { type: 'wake', cause: 'opened', at: AT })
  const [binding, bind] = step(looking, { type: 'outbox', pending: waiting(1), epoch: 1 })
  expect(bind).toEqual([{ do: 'bind' }])
  // Neither a missing network nor a session that is gone altogether says otherwise, nor has to be written down.
  for (const failure of [{ kind: 'network' } as const, refused(401, 'not_signed_in')]) {
    const [still, then] = step(binding, failed(failure))
    expect(still.signed_out).toBe(true)
    expect(then.map((effect) => effect.do)).not.toContain('keep_signed_out')
  }
  const [back, then] = step(binding, { type: 'bound', epoch: 1, at: AT })
  expect(back).toMatchObject({ signed_out: false, bound: true })
  expect(then).toEqual([{ do: 'keep_signed_out', signed_out: false }, { do: 'look' }])
})

test('what is on its way is known at a later try as at the first, and at rest nothing is', () => {
  const first = pushing(2)
  expect(first).toMatchObject({ phase: 'sending', sending: ['thing-0', 'thing-1'] })
  const [rested] = step(first, failed({ kind: 'network' }, waiting(2)))
  expect(rested).toMatchObject({ phase: 'offline', sending: [] })
  const retrying = pushing(2, rested)
  expect(retrying).toMatchObject({ phase: 'offline', sending: ['thing-0', 'thing-1'] })
  // Between two pushes it is not said that nothing is on its way.
  const [between] = step(retrying, pushed(waiting(2), [{ outcome: 'applied' }, { outcome: 'applied' }]))
  expect(between).toMatchObject({ step: 'looking', sending: ['thing-0', 'thing-1'] })
  expect(step(between, { type: 'outbox', pending: [], epoch: 1 })[0].sending).toEqual([])
})

test('a newer epoch makes the phone offer and read everything again, before anything of the answer is settled', () => {
  const [state, effects] = step(pushing(1), pushed(waiting(1), [{ outcome: 'applied' }], { epoch: 2 }))
  expect(state).toMatchObject({ epoch: 2, scope_version: 0 })
  expect(effects.map((effect) => effect.do)).toEqual(['new_epoch', 'settle', 'look'])
  expect(does({ ...REST, step: 'pulling' }, pulled({ epoch: 2 }))).toEqual(['new_epoch', 'look'])
})

test('an answer of a lower epoch or scope version is ignored', () => {
  const state: EngineState = { ...REST, epoch: 2, scope_version: 5 }
  expect(does({ ...state, step: 'pushing' }, pushed(waiting(1), [{ outcome: 'applied' }]))).toEqual(['wait'])
  expect(does({ ...state, step: 'pulling' }, pulled())).toEqual(['wait'])
  expect(does({ ...state, step: 'pulling' }, pulled({ epoch: 2, scope_version: 4 }))).toEqual(['wait'])
})

test('pages are read until there are no more, and a reset starts the team over', () => {
  const state: EngineState = { ...REST, step: 'pulling' }
  const more = { teams: { team: { cursor: 'c', more: true } } }
  expect(does(state, pulled(more))).toEqual(['keep_pages', 'pull'])
  const reset = { teams: { team: { reset: 'view' as const } } }
  expect(does(state, pulled(reset, { team: 'c' }))).toEqual(['keep_pages', 'pull'])
  // A reset of what was asked from the beginning would go on for ever.
  expect(does(state, pulled(reset, { team: null }))).toEqual(['wait'])
})

test('who is signed in is asked at the first round and when the teams have changed', () => {
  const [first, effects] = step({ ...REST, step: 'pulling' }, pulled())
  expect(effects.map((effect) => effect.do)).toEqual(['keep_pages', 'keep_conflicts', 'ask_who', 'wait'])
  expect(does({ ...first, step: 'pulling' }, pulled())).not.toContain('ask_who')
  expect(does({ ...first, step: 'pulling' }, pulled({ scope_version: 2 }))).toContain('ask_who')
})

test("the server's clock is compared, and decides nothing", () => {
  const answer = {
    ...pushed(waiting(1), [{ outcome: 'applied' }], { server_time: AT + 600_000 }),
    sent_at: AT - 2000,
  }
  const [state, effects] = step(pushing(1), answer as Event)
  expect(state.skew_ms).toBe(601_000)
  expect(effects.map((effect) => effect.do)).toEqual(['settle', 'look'])
})
