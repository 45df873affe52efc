// What happens to the phones and to what lies around them: time, signal, clocks, storage, tabs, the network.
import { act, signIn } from './acts.ts'
import type { Tab } from './device.ts'
import type { Happening } from './happenings.ts'
import { USERS, type World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Together they stay below the time for which a phone keeps what is settled. */
const LONGEST_AHEAD = 6 * DAY
/** More turns than saving takes. */
const LONG_ENOUGH = 120

export const AT_THE_PHONES = {
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
      : (world.chance.one([0, 1, 1, 2, 2, 3]) ?? 1)
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
    // Most often while it has the turn, and waits for an answer.
    if (world.chance.is(0.7)) {
      void tab.phone?.sendNow()
      world.turns()
    }
    world.fault('tab frozen')
    world.note(`${device.name} tab ${tab.number} freezes`)
    tab.frozen = true
    device.open()
  },
} satisfies Record<string, Happening>

/** Begins something and stops halfway, more often than not; or at the very moment at which it is said to be kept. */
function inTheMiddle(world: World, tab: Tab): void {
  if (world.chance.is(0.3)) {
    atTheWord(world, tab)
    return
  }
  if (world.chance.is(0.2)) return
  act(world, tab)
  if (world.chance.is(0.4)) tab.signs('visible')
  world.turns(world.chance.whole(0, world.chance.is(0.5) ? 12 : 60))
}

function atTheWord(world: World, tab: Tab): void {
  const said = () => world.ledger.promised.size + world.ledger.drafts.size
  const before = said()
  act(world, tab, world.chance.one(['keep_draft', 'keep_draft', 'save'] as const))
  for (let turn = 0; turn < LONG_ENOUGH && said() === before; turn += 1) world.turns(1)
}
