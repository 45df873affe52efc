// One step of the simulation: something happens, then the network and the phones get on for a while.
import { act, signIn } from './acts.ts'
import { canonical } from './canonical.ts'
import type { Device, Tab } from './device.ts'
import { Violation } from './ledger.ts'
import type { Chance } from './random.ts'
import { storedOn } from './storage.ts'
import { USERS, type World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Together they stay below the time for which a phone keeps what is settled. */
const LONGEST_AHEAD = 6 * DAY

const WEIGHTS = {
  act: 48,
  wake: 9,
  time: 9,
  second_tab: 2,
  kill: 5,
  dead_handle: 1.5,
  signal: 4,
  weeks: 0.4,
  expire: 1.5,
  suspend: 2.5,
  move: 3,
  backup: 2,
  restore: 1,
  evict: 0.5,
  clock: 1,
  poison: 0.7,
  small_batches: 0.7,
  lead_voids: 1.5,
  settings: 3,
  misuse: 1,
  switch_user: 1.5,
  sign_out: 0.7,
  update: 0.7,
  freeze: 0.6,
} as const

type What = keyof typeof WEIGHTS

/** Each seed has its own kind of trouble, so that rare things also happen together. */
const TROUBLES: readonly Partial<Record<What, number>>[] = [
  {},
  { backup: 6, restore: 5, second_tab: 6 },
  { move: 12, suspend: 4 },
  { switch_user: 8, sign_out: 4, expire: 4 },
  { kill: 18, dead_handle: 6, second_tab: 6 },
  { freeze: 4, second_tab: 8, time: 16 },
]

/** How likely each happening is with this seed. */
export function weightsFor(chance: Chance): Readonly<Record<What, number>> {
  return { ...WEIGHTS, ...chance.one(TROUBLES) }
}

export function happen(world: World): void {
  const what = world.chance.weighted(world.weights)
  const device = world.chance.one(world.devices) as Device
  if (device.tabs.length === 0) {
    world.note(`${device.name} opens`)
    device.open()
  }
  const tab = world.chance.one(device.tabs) as Tab
  HAPPENINGS[what](world, device, tab)
  getOn(world)
}

/** The network delivers some of what is on its way; the phones finish their work, or are caught in the middle. */
function getOn(world: World): void {
  const { chance } = world
  const deliveries = chance.is(0.2) ? 0 : chance.whole(1, 5)
  for (let turn = 0; turn <= deliveries; turn += 1) {
    if (chance.is(0.8)) world.turns()
    else world.turns(chance.whole(0, 30))
    if (turn < deliveries) {
      world.pass(chance.whole(5, 900))
      if (!world.network.deliver()) break
    }
  }
  const at_rest = chance.is(0.85)
  if (at_rest) world.turns()
  world.check()
  if (!at_rest) return
  for (const device of world.devices) world.watch.counts(device)
}

/** Begins something and stops halfway, more often than not. */
function inTheMiddle(world: World, tab: Tab): void {
  if (world.chance.is(0.2)) return
  act(world, tab)
  if (world.chance.is(0.4)) tab.signs('visible')
  world.turns(world.chance.whole(0, world.chance.is(0.5) ? 12 : 60))
}

type Happening = (world: World, device: Device, tab: Tab) => void

const HAPPENINGS: Record<What, Happening> = {
  act: (world, _, tab) => act(world, tab),

  wake(world, device, tab) {
    const cause = world.chance.one(['tap', 'visible', 'online'] as const)
    world.note(`${device.name} ${cause}`)
    if (cause === 'tap') void tab.phone?.sendNow()
    else if (cause === 'visible') tab.signs('visible')
    else for (const each of device.tabs) each.signs('online')
  },

  time: (world) =>
    world.pass(
      world.chance.is(0.7) ? world.chance.whole(1_000, 3 * MINUTE) : world.chance.whole(HOUR, 9 * HOUR),
    ),

  second_tab(world, device) {
    if (device.tabs.length > 1) return
    world.fault('second tab')
    device.open()
  },

  kill(world, device, tab) {
    inTheMiddle(world, tab)
    world.fault(device.tasks.length > 0 ? 'killed at work' : 'killed at rest')
    world.note(`${device.name} tab ${tab.number} dies`)
    tab.die()
    if (world.chance.is(0.7)) device.open()
  },

  dead_handle(world, device, tab) {
    inTheMiddle(world, tab)
    world.fault('database handle died')
    world.note(`${device.name} loses its database handle`)
    tab.loseConnections()
  },

  signal(world, device) {
    device.signal = device.signal === 'good' && world.chance.is(0.5) ? 'none' : 'good'
    if (device.signal === 'none') world.fault('no signal')
    world.note(`${device.name} signal ${device.signal}`)
    if (device.signal === 'good' && world.chance.is(0.5)) for (const each of device.tabs) each.signs('online')
  },

  weeks(world) {
    if (world.at - world.people.at > LONGEST_AHEAD) return
    world.fault('days pass')
    world.pass(world.chance.whole(1, 3) * DAY)
  },

  expire(world, device) {
    world.fault('session expired')
    world.note(`${device.name} its user's sessions end`)
    world.ask('expire', { user: world.chance.one(USERS[device.name] ?? []) })
  },

  suspend(world, device) {
    const [closed_before] = world.suspended
    const user = closed_before ?? world.chance.one(USERS[device.name] ?? []) ?? ''
    const closed = closed_before === undefined
    world.fault(closed ? 'user suspended' : 'user restored')
    world.note(`${user} ${closed ? 'suspended' : 'restored'}`)
    world.ask('suspend', { user, closed })
    if (closed) world.suspended.add(user)
    else world.suspended.delete(user)
  },

  move(world, device) {
    const user = world.chance.one(USERS[device.name] ?? [])
    const team = world.chance.one(Object.keys(world.people.teams))
    world.moves += 1
    world.fault('team changed')
    const now = world.ask<{ member: boolean }>('move', { user, team, number: world.moves })
    world.note(`${user} ${now.member ? 'joins' : 'leaves'} ${team}`)
  },

  backup(world) {
    world.backups += 1
    world.note(`backup ${world.backups}`)
    world.ask('backup', { number: world.backups })
    world.ledger.keepBackup(world.backups)
  },

  restore(world) {
    if (world.backups === 0) return
    const number = Math.max(1, world.backups - world.chance.whole(0, 2))
    world.fault('server restored')
    const { epoch } = world.ask<{ epoch: number }>('restore', { number })
    world.ledger.restore(number, epoch)
    // Who may work here today is not a matter of the backup.
    for (const user of Object.keys(world.people.users)) {
      world.ask('suspend', { user, closed: world.suspended.has(user) })
    }
    world.note(`restored from backup ${number}: epoch ${epoch}, ${world.ledger.stored.size} operations`)
  },

  evict(world, device) {
    world.fault('storage evicted')
    world.note(`${device.name} loses its storage`)
    device.evict()
    device.open()
  },

  clock(world, device) {
    world.fault('clock jumped')
    device.skew = world.chance.one([0, -HOUR, 5 * MINUTE, 26 * HOUR, -3 * DAY, 10 * DAY]) ?? 0
    world.note(`${device.name} clock off by ${device.skew / 1000} s`)
  },

  poison(world) {
    const { network, ledger } = world
    if (network.poisoned.size > 0) network.poisoned.clear()
    else {
      const waiting = [...ledger.saved.keys()].filter((id) => !ledger.stored.has(id))
      const id = world.chance.one(waiting)
      if (id !== undefined) network.poisoned.add(id)
    }
  },

  small_batches(world) {
    const { network } = world
    network.most_operations = Number.isFinite(network.most_operations)
      ? Number.POSITIVE_INFINITY
      : world.chance.whole(1, 3)
  },

  /** The service asks for something else from now on; the phones hear of it later. */
  settings(world) {
    const { chance } = world
    const notes = chance.is(0.5) ? 'off' : 'short'
    const back_dating_days = chance.one([60, 60, 10])
    world.fault('settings changed')
    world.note(`notes ${notes}, ${back_dating_days} days back`)
    world.ask('settings', { notes, back_dating_days })
  },

  lead_voids(world) {
    const { voided } = world.ask<{ voided: string | null }>('lead_voids', { choice: world.chance.next() })
    if (voided === null) return
    world.fault('voided by the lead')
    world.note(`the lead voids ${voided.slice(-6)}`)
  },

  /** Somebody sends other words under an id that the server knows. */
  misuse(world, device) {
    const { ledger } = world
    const known = [...ledger.wire.keys()].filter((id) => ledger.stored.has(id) && ledger.saved.has(id))
    const id = world.chance.one(known)
    const saved = ledger.saved.get(id ?? '')
    if (id === undefined || saved === undefined || device.cookie === '') return
    world.fault('id used again')
    const operation = { ...JSON.parse(ledger.wire.get(id) ?? ''), made_at: 1 }
    const answer = world.ask<{ outcome: string; reason: string | null }>('misuse', {
      user_id: saved.user_id,
      operation,
    })
    // Nobody can be made to listen to a user whose account is closed.
    if (answer.outcome === 'none') return
    const refused = answer.outcome === 'rejected' && answer.reason === 'id_reused'
    if (!refused) throw new Violation(22, `operation ${id} with other words was ${canonical(answer)}`)
  },

  switch_user(world, device, tab) {
    const phone = tab.phone
    const users = USERS[device.name] ?? []
    if (phone === null || users.length < 2) return
    const now = phone.snapshot().session?.user.login
    const other = users.find((login) => login !== now)
    world.fault('other user on the same phone')
    if (now !== undefined && world.chance.is(0.75)) {
      world.note(`${device.name} ${now} signs out`)
      phone.signOut().then(() => signIn(world, tab, other))
    } else signIn(world, tab, other)
  },

  sign_out(world, device, tab) {
    if (tab.phone?.snapshot().session == null) return
    world.fault('signed out')
    world.note(`${device.name} signs out`)
    void tab.phone.signOut()
  },

  update(world, device) {
    world.fault('app updated')
    device.app = `2026.12.${device.opened + 2}`
    world.note(`${device.name} updates its app`)
    for (const each of device.tabs) each.die()
    device.open()
  },

  freeze(world, device, tab) {
    if (device.tabs.length > 1 || tab.frozen) return
    world.fault('tab frozen')
    world.note(`${device.name} tab ${tab.number} freezes`)
    tab.frozen = true
    device.open()
  },
}

/** The forms that a phone has kept are there still, or were saved. */
export function draftsAreThere(world: World): void {
  const { ledger } = world
  for (const [operation_id, { device, storage, draft_id }] of ledger.drafts) {
    if (device.storage !== storage || ledger.saved.has(operation_id)) continue
    const drafts = [...storedOn(device.browser).values()].flatMap((stored) => stored?.drafts ?? [])
    if (!drafts.some(({ id }) => id === draft_id)) {
      throw new Violation(1, `a form that phone ${device.name} had kept is gone and was not saved`)
    }
  }
}
