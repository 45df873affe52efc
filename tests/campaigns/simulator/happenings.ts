// One step of the simulation: something happens, then the network and the phones get on for a while.
import type { Device, Tab } from './device.ts'
import { AT_THE_PHONES } from './happenings-phone.ts'
import { AT_THE_SERVER } from './happenings-server.ts'
import type { Chance } from './random.ts'
import { storedOn } from './storage.ts'
import type { World } from './world.ts'

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
  small_batches: 1.2,
  lead_voids: 1.5,
  settings: 3,
  lead_settles: 3,
  promote: 1.2,
  months: 1.2,
  misuse: 1,
  switch_user: 1.5,
  sign_out: 0.7,
  update: 0.7,
  freeze: 1.2,
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

export type Happening = (world: World, device: Device, tab: Tab) => void

const HAPPENINGS: Readonly<Record<What, Happening>> = { ...AT_THE_PHONES, ...AT_THE_SERVER }

/** The forms that a phone has kept are there still, or were saved. */
export function draftsAreThere(world: World): void {
  const { ledger } = world
  for (const [operation_id, { device, storage, draft_id }] of ledger.drafts) {
    if (device.storage !== storage || ledger.saved.has(operation_id)) continue
    const drafts = [...storedOn(device.browser).values()].flatMap((stored) => stored?.drafts ?? [])
    ledger.must(
      1,
      drafts.some(({ id }) => id === draft_id),
      () => `a form that phone ${device.name} had kept is gone and was not saved`,
    )
  }
}
