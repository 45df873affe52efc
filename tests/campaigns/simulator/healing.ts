// All is well again: every fault ends, every user signs in where something of theirs rests, and nothing may be left.

import { standings } from './account.ts'
import { signIn } from './acts.ts'
import { canonical } from './canonical.ts'
import { opened } from './cipher.ts'
import type { Device } from './device.ts'
import { draftsAreThere } from './happenings.ts'
import { type Ledger, Violation } from './ledger.ts'
import { type Stored, storedOn } from './storage.ts'
import { USERS, type World } from './world.ts'

const ROUNDS = 14
/** More than any phone has to ask for in one go. */
const ENOUGH = 500

/** What the server says of itself at the end, read from its tables. */
export interface Truth {
  /** How often each invariant was looked at there. */
  readonly checked: Readonly<Record<number, number>>
  readonly violations: readonly { invariant: number; what: string }[]
  readonly operations: Readonly<Record<string, { user_id: string; outcome: string }>>
  readonly scope: Readonly<Record<string, readonly string[]>>
  readonly rows: Readonly<Record<string, readonly { id: string; thing: string }[]>>
  readonly open: readonly { op: string; author_id: string; team_id: string }[]
}

/** The first day: everybody signs in while nothing goes wrong. */
export function begin(world: World): void {
  world.network.healed = true
  world.turns()
  for (const device of world.devices) {
    const [tab] = device.tabs
    if (tab !== undefined) signIn(world, tab, USERS[device.name]?.[0])
  }
  flow(world)
  world.network.healed = false
}

export function heal(world: World): void {
  world.note('healing')
  world.network.healed = true
  world.network.most_operations = Number.POSITIVE_INFINITY
  for (const user of Object.keys(world.people.users)) world.ask('suspend', { user, closed: false })
  for (const device of world.devices) device.signal = 'good'
  world.turns()
  // Whoever tried to sign in too often is let in again.
  world.pass(16 * 60_000)
  for (const id of world.network.poisoned) {
    const saved = world.ledger.saved.get(id)
    if (saved === undefined || saved.device.storage !== saved.storage) continue
    // While the server still stumbles over this one, all others get through.
    comeToRest(world, saved.device, login(world, saved.user_id), saved.thing_id)
  }
  world.network.poisoned.clear()
  for (const device of world.devices) {
    const users = [...storedOn(device.browser).keys()]
    for (const user_id of users) comeToRest(world, device, login(world, user_id))
    const [main = ''] = USERS[device.name] ?? []
    comeToRest(world, device, main)
  }
  // Once more, for what the later phones have changed.
  for (const device of world.devices) comeToRest(world, device, USERS[device.name]?.[0] ?? '')
  world.check()
  for (const device of world.devices) world.watch.counts(device)
  draftsAreThere(world)
  judge(world)
}

function comeToRest(world: World, device: Device, who: string, but?: string): void {
  // A frozen tab stays frozen; the one that the user looks at has to get on without it.
  const tab = device.tabs.filter(({ frozen }) => !frozen).at(-1) ?? device.open()
  flow(world)
  const user_id = world.people.users[who] ?? ''
  for (let round = 0; round < ROUNDS; round += 1) {
    const { phone } = tab
    if (phone !== null && !tab.signing) {
      const { session, sync } = phone.snapshot()
      if (session !== null && session.user.id !== user_id) void phone.signOut()
      else if (session === null || sync.phase === 'needs_signin') signIn(world, tab, who)
      else if (round > 0 && (but !== undefined || sync.phase === 'idle') && noneWaits(device, user_id, but))
        return
      else void phone.sendNow()
    }
    flow(world)
    // Long enough for a turn to be taken from a frozen tab, and for every wait to end.
    world.pass(61_000)
    flow(world)
  }
  const stored = storedOn(device.browser).get(user_id)
  const waiting = stored?.outbox.filter(({ standing }) => standing.state === 'pending') ?? []
  const locked = waiting.filter(
    ({ id, sealed }) => stored != null && opened(stored, 'outbox', id, sealed) === null,
  )
  const phase = tab.phone?.snapshot().sync.phase
  throw new Violation(
    13,
    `phone ${device.name} of ${who} does not come to rest: ${phase}, ${waiting.length} waiting, ` +
      `${locked.length} of them without their key`,
  )
}

/** Whatever is on its way arrives. */
function flow(world: World): void {
  world.turns()
  for (let delivered = 0; world.network.deliver(); delivered += 1) {
    if (delivered > ENOUGH) throw new Violation(13, 'the phones ask and ask, and never come to rest')
    world.pass(20)
    world.turns()
  }
}

function noneWaits(device: Device, user_id: string, but?: string): boolean {
  const stored = storedOn(device.browser).get(user_id)
  return (
    stored?.outbox.every(({ standing, thing_id }) => standing.state !== 'pending' || thing_id === but) ??
    false
  )
}

function login(world: World, user_id: string): string {
  return Object.entries(world.people.users).find(([, id]) => id === user_id)?.[0] ?? ''
}

/** The server's own account, and every phone against it. */
function judge(world: World): void {
  const { ledger } = world
  const truth = world.ask<Truth>('truth', { sent: Object.fromEntries(ledger.wire) })
  for (const [invariant, times] of Object.entries(truth.checked)) ledger.checks(Number(invariant), times)
  const [first] = truth.violations
  if (first !== undefined) throw new Violation(first.invariant, first.what)
  for (const [id, outcome] of ledger.stored) {
    const same = truth.operations[id]?.outcome === outcome
    ledger.must(20, same, () => `operation ${id} was answered ${outcome}, and the table says otherwise`)
  }
  for (const device of world.devices) {
    const user_id = world.people.users[USERS[device.name]?.[0] ?? ''] ?? ''
    const stored = storedOn(device.browser).get(user_id)
    if (stored != null) sameAsServer(ledger, device, stored, truth)
  }
  everyOperation(world, truth)
}

export function sameAsServer(ledger: Ledger, device: Device, stored: Stored, truth: Truth): void {
  const { user_id } = stored
  const who = `phone ${device.name}`
  const expected = new Map((truth.rows[user_id] ?? []).map((row) => [`${row.thing}:${row.id}`, row]))
  for (const record of stored.replica) {
    const row = expected.get(record.key)
    const in_scope = truth.scope[user_id]?.includes(record.team_id) ?? false
    ledger.must(10, in_scope, () => `${who} holds ${record.key} of a team that is not the user's`)
    // Kept on purpose: the restored server may have lost it, and this is the only copy.
    if (row === undefined && record.epoch < stored.meta.epoch) continue
    ledger.must(29, row !== undefined, () => `${who} holds ${record.key}, which is not there for this user`)
    const here = opened(stored, 'replica', record.key, record.sealed)
    const same = canonical(here) === canonical(row)
    ledger.must(29, same, () => `${who} has ${record.key} otherwise than the server`)
    expected.delete(record.key)
  }
  const [lacking] = expected.keys()
  ledger.must(29, lacking === undefined, () => `${who} lacks ${lacking}`)
  conflictsAgree(ledger, device, stored, truth)
}

/** What waits for the worker on a phone waits on the server, and the other way round, wherever it was sent from. */
function conflictsAgree(ledger: Ledger, device: Device, stored: Stored, truth: Truth): void {
  const who = `phone ${device.name}`
  const scope = truth.scope[stored.user_id] ?? []
  const waiting = truth.open.filter(
    ({ author_id, team_id }) => author_id === stored.user_id && scope.includes(team_id),
  )
  const open = new Set(truth.open.map(({ op }) => op))
  const sent_here = new Set<string>()
  for (const { id, standing } of stored.outbox) {
    sent_here.add(id)
    if (standing.outcome !== 'conflict') continue
    const by = standing.closed_by
    if (by === null) ledger.must(24, open.has(id), () => `${who} shows conflict ${id}, which is settled`)
    if (by === 'the_server') ledger.must(24, !open.has(id), () => `${who} hides conflict ${id}, which waits`)
  }
  const elsewhere = waiting.map(({ op }) => op).filter((op) => !sent_here.has(op))
  const known = stored.conflicts.map(({ op }) => op)
  const same = canonical(elsewhere.sort()) === canonical(known.sort())
  ledger.must(
    24,
    same,
    () => `${who} knows of ${known.length} of ${elsewhere.length} conflicts from elsewhere`,
  )
}

/** Every operation ever saved is on the server, or refused and on its phone, or went with a phone's storage. */
function everyOperation(world: World, truth: Truth): void {
  const { ledger } = world
  const here = standings(world)
  for (const [id, saved] of ledger.saved) {
    const on_server = truth.operations[id]
    const own = on_server === undefined || on_server.user_id === saved.user_id
    ledger.must(6, own, () => `operation ${id} is stored under another user`)
    if (on_server !== undefined) continue
    const on_phone = here.get(id)
    const allowed =
      on_phone === undefined ? saved.device.storage !== saved.storage : on_phone === 'quarantined'
    const where = on_phone === undefined ? 'nowhere' : `${on_phone} after all is well`
    ledger.must(30, allowed, () => `operation ${id} of phone ${saved.device.name} is ${where}`)
  }
  for (const id of ledger.promised) {
    ledger.must(1, ledger.saved.has(id), () => `operation ${id} was said to be saved and never was`)
  }
}
