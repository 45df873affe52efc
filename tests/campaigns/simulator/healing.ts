// All is well again: every fault ends, every user signs in where something of theirs rests, and nothing may be left.
import { signIn } from './acts.ts'
import { canonical } from './canonical.ts'
import { opened } from './cipher.ts'
import type { Device } from './device.ts'
import { draftsAreThere } from './happenings.ts'
import { Violation } from './ledger.ts'
import { type Stored, storedOn } from './storage.ts'
import { USERS, type World } from './world.ts'

const ROUNDS = 14

/** What the server says of itself at the end, read from its tables. */
interface Truth {
  readonly violations: readonly { invariant: number; what: string }[]
  readonly operations: Readonly<Record<string, { user_id: string; outcome: string }>>
  readonly scope: Readonly<Record<string, readonly string[]>>
  readonly rows: Readonly<Record<string, readonly { id: string; thing: string }[]>>
}

export interface Ended {
  readonly missing: number
  readonly refused: number
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

export function heal(world: World): Ended {
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
  return judge(world)
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
  while (world.network.deliver()) {
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
function judge(world: World): Ended {
  const { ledger } = world
  const truth = world.ask<Truth>('truth', { sent: Object.fromEntries(ledger.wire) })
  const [first] = truth.violations
  if (first !== undefined) throw new Violation(first.invariant, first.what)
  for (const [id, outcome] of ledger.stored) {
    if (truth.operations[id]?.outcome !== outcome) {
      throw new Violation(20, `operation ${id} was answered ${outcome}, and the table says otherwise`)
    }
  }
  for (const device of world.devices) {
    const user_id = world.people.users[USERS[device.name]?.[0] ?? ''] ?? ''
    const stored = storedOn(device.browser).get(user_id)
    if (stored != null) sameAsServer(device, stored, truth)
  }
  return everyOperation(world, truth)
}

function sameAsServer(device: Device, stored: Stored, truth: Truth): void {
  const { user_id } = stored
  const expected = new Map((truth.rows[user_id] ?? []).map((row) => [`${row.thing}:${row.id}`, row]))
  for (const record of stored.replica) {
    const row = expected.get(record.key)
    if (!truth.scope[user_id]?.includes(record.team_id)) {
      throw new Violation(10, `phone ${device.name} holds ${record.key} of a team that is not the user's`)
    }
    if (row === undefined) {
      // Kept on purpose: the restored server may have lost it, and this is the only copy.
      if (record.epoch < stored.meta.epoch) continue
      throw new Violation(
        29,
        `phone ${device.name} holds ${record.key}, which is not on the server for this user`,
      )
    }
    const here = opened(stored, 'replica', record.key, record.sealed)
    if (canonical(here) !== canonical(row)) {
      throw new Violation(29, `phone ${device.name} has ${record.key} otherwise than the server`)
    }
    expected.delete(record.key)
  }
  const [lacking] = expected.keys()
  if (lacking !== undefined) throw new Violation(29, `phone ${device.name} lacks ${lacking}`)
}

/** Every operation ever saved is on the server, or on a phone, or went with a phone's storage. */
function everyOperation(world: World, truth: Truth): Ended {
  const { ledger } = world
  const ended = { missing: 0, refused: 0 }
  const here = new Map<string, string>()
  for (const device of world.devices) {
    for (const stored of storedOn(device.browser).values()) {
      for (const { id, standing } of stored?.outbox ?? []) here.set(id, standing.state)
    }
  }
  for (const [id, saved] of ledger.saved) {
    const on_server = truth.operations[id]
    if (on_server !== undefined) {
      if (on_server.user_id !== saved.user_id)
        throw new Violation(6, `operation ${id} is stored under another user`)
      continue
    }
    const on_phone = here.get(id)
    if (on_phone !== undefined) {
      if (on_phone === 'quarantined') ended.refused += 1
      else
        throw new Violation(
          30,
          `operation ${id} is ${on_phone} on phone ${saved.device.name} after all is well`,
        )
    } else if (saved.device.storage !== saved.storage) ended.missing += 1
    else throw new Violation(30, `operation ${id} of phone ${saved.device.name} is nowhere`)
  }
  for (const id of ledger.promised) {
    if (!ledger.saved.has(id)) throw new Violation(1, `operation ${id} was said to be saved and never was`)
  }
  return ended
}
