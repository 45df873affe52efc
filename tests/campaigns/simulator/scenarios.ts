// Stories that seeds do not come across, each with the real data layer of the phone and the real server.
import type { Code } from './bundle.ts'
import { sameAsServer, type Truth } from './healing.ts'
import { Violation } from './ledger.ts'
import { Scene } from './scene.ts'
import type { People } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const YEAR = 365 * 24 * HOUR
const QUICK = { bytes_a_second: 1_000_000, latency_ms: 20 }
const SLOW = { bytes_a_second: 2_000, latency_ms: 600 }
const MANY_OPERATIONS = 1_000
const MANY_ROWS = 20_000

type Figures = Readonly<Record<string, number>>

export interface Told {
  readonly wrong: string | null
  readonly figures: Figures
}

export const SCENARIOS: Readonly<Record<string, (code: Code, people: People) => Figures>> = {
  weeks_without_signal: weeksWithoutSignal,
  a_first_pull_in_pieces: aFirstPullInPieces,
  a_clock_that_leaps: aClockThatLeaps,
}

export function scenario(name: string, code: Code, people: People): Told {
  try {
    const told = SCENARIOS[name]
    if (told === undefined) throw new Error(`no scenario is called ${name}`)
    return { wrong: null, figures: told(code, people) }
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    return { wrong: `invariant ${error.invariant}: ${error.message}`, figures: {} }
  }
}

/** A thousand logs were made without signal. Then there is a little: two kilobytes a second. */
function weeksWithoutSignal(code: Code, people: People): Figures {
  const scene = new Scene(code, people, QUICK)
  scene.signIn()
  scene.device.signal = 'none'
  const ids = save(scene, MANY_OPERATIONS)
  scene.device.signal = 'good'
  scene.link.speed = SLOW
  const { link } = scene
  const before = { at: scene.at, requests: link.requests, timeouts: link.timeouts }
  const bytes_before = link.bytes_up + link.bytes_down
  scene.tab.signs('online')
  const acknowledged = () => ids.every((id) => scene.ledger.acknowledged.has(id))
  scene.until('acknowledged', acknowledged, 24 * 60)
  const minutes = (scene.at - before.at) / MINUTE
  scene.until('at rest', () => scene.idle(), 24 * 60)
  const truth = agrees(scene)
  for (const id of ids) {
    scene.ledger.must(30, truth.operations[id]?.outcome === 'applied', () => `operation ${id} is not applied`)
  }
  const entries = truth.rows[people.users.sam ?? '']?.length ?? 0
  scene.ledger.must(31, entries === ids.length, () => `${ids.length} forms made ${entries} entries`)
  return {
    operations: ids.length,
    minutes_until_acknowledged: minutes,
    minutes_until_at_rest: (scene.at - before.at) / MINUTE,
    requests: link.requests - before.requests,
    kilobytes: (link.bytes_up + link.bytes_down - bytes_before) / 1000,
    timeouts: link.timeouts - before.timeouts,
  }
}

/** A phone that is new reads twenty thousand rows, and each page comes cut in half before it comes whole. */
function aFirstPullInPieces(code: Code, people: People): Figures {
  const scene = new Scene(code, people, QUICK)
  scene.ask('fill', { user: 'sam', team: 'North', rows: MANY_ROWS })
  const asked = new Map<string, number>()
  scene.link.cuts = (path, body) => {
    if (path !== '/api/sync/pull') return false
    const cursors = JSON.stringify(JSON.parse(body ?? '').cursors)
    asked.set(cursors, (asked.get(cursors) ?? 0) + 1)
    return asked.get(cursors) === 1
  }
  scene.settle()
  void scene.phone.signIn('sam', people.password)
  const read = () => scene.phone.snapshot().session !== null && scene.idle() && held(scene) >= MANY_ROWS
  scene.until('read to the end', read, 24 * 60)
  sameAsServer(scene.ledger, scene.device, scene.stored, scene.ask<Truth>('rows'))
  for (const [cursors, times] of asked) {
    scene.ledger.must(33, times <= 2, () => `the page after ${cursors} was asked for ${times} times`)
  }
  return {
    rows: held(scene),
    pages: asked.size,
    repeats: [...asked.values()].reduce((sum, times) => sum + times - 1, 0),
    minutes: (scene.at - people.at) / MINUTE,
  }
}

/** The clock of a phone leaps by years, the app is opened again, and the server is restored on the same day. */
function aClockThatLeaps(code: Code, people: People): Figures {
  let offered = 0
  for (const leap of [2 * YEAR, -YEAR]) {
    const scene = new Scene(code, people, QUICK)
    scene.ask('first_day')
    scene.signIn()
    scene.ask('backup', { number: 1 })
    const ids = save(scene, 5)
    scene.until('sent', () => scene.idle() && ids.every((id) => scene.ledger.acknowledged.has(id)), 60)
    scene.device.skew = leap
    scene.reopen()
    scene.tab.signs('visible')
    scene.until('at rest with another clock', () => scene.idle(), 60)
    scene.reopen()
    kept(scene, ids, 'after its clock leapt')
    const { epoch } = scene.ask<{ epoch: number }>('restore', { number: 1 })
    scene.ledger.restore(1, epoch)
    void scene.phone.sendNow()
    // A restore ends every session.
    scene.until('asked to sign in', () => scene.phone.snapshot().sync.phase === 'needs_signin', 60)
    scene.signIn()
    const again = () => scene.idle() && scene.stored.meta.epoch === epoch
    scene.until('in step with the restored server', again, 60)
    const truth = agrees(scene)
    for (const id of ids) {
      const there = truth.operations[id]?.outcome === 'applied'
      scene.ledger.must(30, there, () => `operation ${id} was not offered to the restored server`)
    }
    scene.device.skew = 0
    scene.reopen()
    kept(scene, ids, 'after its clock was put right')
    offered += ids.length
  }
  return { leaps: 2, operations_offered_again: offered }
}

function held(scene: Scene): number {
  return scene.stored.replica.length
}

function kept(scene: Scene, ids: readonly string[], when: string): void {
  const here = new Set(scene.stored.outbox.map(({ id }) => id))
  for (const id of ids) {
    scene.ledger.must(1, here.has(id), () => `the phone has forgotten operation ${id} ${when}`)
  }
}

/** Logs some hours of support, one after the other; answers the operations. */
function save(scene: Scene, count: number): string[] {
  const ids: string[] = []
  for (let number = 0; number < count; number += 1) {
    const details = { kind: 'one_to_one', first_meeting: number % 2 === 0 } as const
    const minutes = 5 + (number % 90)
    const draft = scene.phone.openDraft('one_to_one', { details, mode: 'phone', minutes, place: 'ward' })
    let said = false
    scene.phone.save(draft).then((answer) => {
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      said = true
    })
    scene.until('saved', () => said, 1)
    ids.push(draft.operation_id)
  }
  return ids
}

/** The server's tables agree with each other, and the phone with them. */
function agrees(scene: Scene): Truth {
  const truth = scene.ask<Truth>('truth', { sent: Object.fromEntries(scene.ledger.wire) })
  const [first] = truth.violations
  if (first !== undefined) throw new Violation(first.invariant, first.what)
  sameAsServer(scene.ledger, scene.device, scene.stored, truth)
  return truth
}
