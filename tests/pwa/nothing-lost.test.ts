// Whatever the network and the server do, in whatever order: nothing unsettled is lost, nothing is stored twice,
// and the counts are those of the outbox.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Phone } from '../../pwa/src/data/phone'
import type { Result } from '../../pwa/src/data/schema.gen'
import { aOneToOne, rest, saved, World } from './a-phone'
import type { Fault } from './a-server'

type Step =
  | { do: 'save' | 'amend' | 'remove' | 'send' | 'restart' | 'restore' | 'sign_out_elsewhere' | 'leave_team' }
  | { do: 'fault'; fault: Fault }
  | { do: 'outcomes'; outcomes: (Partial<Result> | null)[] }

const plain = fc.constantFrom<Step>(
  { do: 'save' },
  { do: 'save' },
  { do: 'amend' },
  { do: 'remove' },
  { do: 'send' },
  { do: 'restart' },
  { do: 'restore' },
  { do: 'sign_out_elsewhere' },
)
const fault = fc
  .constantFrom<Fault>(
    'no_network',
    'answer_lost',
    'hotspot',
    { status: 401, code: 'not_signed_in' },
    { status: 403, code: 'not_allowed' },
    { status: 413, code: 'too_big' },
    { status: 422, code: 'unreadable' },
    { status: 500, code: 'unexpected' },
    { status: 503, code: 'busy' },
  )
  .map((each): Step => ({ do: 'fault', fault: each }))
const outcome = fc.constantFrom<Partial<Result> | null>(
  null,
  null,
  { outcome: 'conflict', reason: 'version' },
  { outcome: 'conflict', reason: 'rule:closed_month' },
  { outcome: 'rejected', reason: 'unreadable', retry: 'after_update' },
  { outcome: 'rejected', reason: 'not_authorised', retry: 'never' },
  { outcome: 'rejected', reason: 'schema_newer', retry: 'later' },
)
const outcomes = fc
  .array(outcome, { minLength: 1, maxLength: 4 })
  .map((each): Step => ({ do: 'outcomes', outcomes: each }))

test('nothing unsettled is ever lost, and the counts equal the outbox', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(plain, fault, outcomes), { minLength: 3, maxLength: 14 }),
      async (steps) => {
        const world = new World()
        let phone = await world.signedIn()
        const made = new Map<string, string>() // what each saved operation said, by its id
        for (const step of steps) {
          phone = await take(step, world, phone)
          for (const row of await outbox()) made.set(row.id, row.id)
          await nothingLost(world, phone, made)
        }
        // Then all is well again: everything that can be sent is sent.
        world.server.faults = []
        world.server.judge = () => null
        await phone.signIn('sam', 'a long passphrase')
        await world.pass(20 * 60_000)
        await nothingLost(world, phone, made)
        expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
        // No entry is there twice, and each is what its applied operations made of it.
        for (const { row } of world.server.rows.values()) {
          const applied = [...world.server.operations.values()].filter(
            ({ body, result }) => result.outcome === 'applied' && JSON.parse(body).thing_id === row.id,
          )
          expect(row.version).toBeLessThanOrEqual(applied.length)
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
}, 30_000)

async function take(step: Step, world: World, phone: Phone): Promise<Phone> {
  const [first] = phone.snapshot().log.filter(({ state }) => state === 'active')
  switch (step.do) {
    case 'save':
      await saved(world, phone.save(aOneToOne(phone)))
      return phone
    case 'amend':
      if (first)
        await saved(world, phone.amend(first.id, { minutes: ((first.entry.minutes ?? 0) + 1) % 100 }))
      return phone
    case 'remove':
      if (first) await saved(world, phone.remove(first.id))
      return phone
    case 'send':
      await phone.sendNow()
      return phone
    case 'restart': {
      phone.close()
      const opened = await world.open()
      await rest()
      return opened
    }
    case 'restore':
      world.server.restore()
      await phone.sendNow()
      return phone
    case 'fault':
      world.server.faults.push(step.fault)
      return phone
    case 'outcomes': {
      const left = [...step.outcomes]
      world.server.judge = () => left.shift() ?? null
      return phone
    }
    default:
      world.server.signed_in = false
      return phone
  }
}

async function nothingLost(world: World, phone: Phone, made: Map<string, string>): Promise<void> {
  await rest()
  const rows = await outbox()
  const [meta] = await all<{ epoch: number }>('meta')
  const here = new Set(rows.map((row) => row.id))
  for (const id of made.keys()) {
    expect(here.has(id) || world.server.operations.has(id), `operation ${id} is nowhere`).toBe(true)
  }
  for (const row of rows) {
    // Settled means that the server has it; a restored server is offered it again.
    if (row.standing.state === 'settled' && meta?.epoch === world.server.epoch) {
      expect(world.server.operations.has(row.id)).toBe(true)
    }
    // A refusal of the whole request says nothing of what an answer that was lost had stored.
    if (row.standing.state === 'quarantined' && row.standing.retry === 'never')
      expect(world.server.operations.has(row.id)).toBe(false)
  }
  const { sync, log } = phone.snapshot()
  const things = (state: string) =>
    new Set(rows.filter(({ standing }) => standing.state === state).map(({ thing_id }) => thing_id))
  expect(sync.waiting).toBe(things('pending').size)
  const open = rows.filter(
    ({ standing }) =>
      standing.closed_by === null && (standing.state === 'quarantined' || standing.outcome === 'conflict'),
  )
  expect(sync.needs_a_look + sync.changed_in_two_places).toBe(
    new Set(open.map(({ thing_id }) => thing_id)).size,
  )
  for (const { thing_id } of open) expect(log.some(({ id }) => id === thing_id)).toBe(true)
}

interface Row {
  id: string
  thing_id: string
  standing: { state: string; outcome: string | null; retry: string | null; closed_by: string | null }
}

const outbox = () => all<Row>('outbox')

async function all<T>(store: string): Promise<T[]> {
  const name =
    (await indexedDB.databases()).map((each) => each.name ?? '').find((each) => each.includes('-')) ?? ''
  const open = indexedDB.open(name)
  await new Promise((done) => open.addEventListener('success', done))
  const found = open.result.transaction(store).objectStore(store).getAll()
  await new Promise((done) => found.addEventListener('success', done))
  open.result.close()
  return found.result
}
