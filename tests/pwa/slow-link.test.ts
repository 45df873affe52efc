// Weeks of work over a link that carries hardly anything: it gets through, in requests that fit into the time there is.
import { afterEach, expect, test, vi } from 'vitest'
import type { Meta } from '../../pwa/src/data/db'
import { ids } from '../../pwa/src/data/id'
import { fromDraft } from '../../pwa/src/data/making'
import { sealItem } from '../../pwa/src/data/memory'
import { PENDING } from '../../pwa/src/data/outbox'
import type { Phone } from '../../pwa/src/data/phone'
import type { PushRequest } from '../../pwa/src/data/schema.gen'
import { userStore } from '../../pwa/src/data/store'
import { vault } from '../../pwa/src/data/vault'
import { aOneToOne, rest, TEN, World } from './a-phone'
import { SAM } from './a-server'

const OPERATIONS = 1_000

interface Sent {
  readonly path: string
  readonly operations: number
  readonly bytes: number
  readonly at: number
  ended: 'answered' | 'timed out' | null
  took: number
}

/** A link that carries so many bytes a second each way. Aborted on the way there, the server never sees it. */
class Link {
  readonly sent: Sent[] = []
  rate: number
  /** Answers to these pushes, by their place, are lost after the server has stored them. */
  loses: (place: number) => boolean = () => false
  private pushes = 0

  constructor(world: World, rate: number) {
    this.rate = rate
    const { after } = world.environment()
    const real = world.server.fetch
    // The patience of the app is measured by the same clock as the link.
    vi.stubGlobal('setTimeout', (work: () => void, ms: number) => after(ms, work))
    vi.stubGlobal('clearTimeout', (stop: () => void) => stop())
    const fetch = (path: string, init: RequestInit = {}): Promise<Response> => {
      const text = typeof init.body === 'string' ? init.body : ''
      const { operations = [] } = (text === '' ? {} : JSON.parse(text)) as Partial<PushRequest>
      const size = { operations: operations.length, bytes: text.length }
      const sent: Sent = { path, ...size, at: world.at, ended: null, took: 0 }
      this.sent.push(sent)
      const loses = operations.length > 0 && this.loses(this.pushes++)
      return new Promise((done, failed) => {
        const end = (how: Sent['ended']) => {
          sent.ended ??= how
          sent.took = world.at - sent.at
        }
        init.signal?.addEventListener('abort', () => {
          end('timed out')
          failed(new DOMException('too long', 'AbortError'))
        })
        after(this.takes(text.length + 500), async () => {
          if (init.signal?.aborted) return
          const answer = await real(path, init)
          const body = await answer.text()
          if (loses) return failed(new TypeError('Failed to fetch'))
          after(this.takes(body.length + 300), () => {
            end('answered')
            done(new Response(body, { status: answer.status }))
          })
        })
      })
    }
    Object.assign(world.server, { fetch })
  }

  private takes(bytes: number): number {
    return (bytes / this.rate) * 1000
  }

  pushed(): Sent[] {
    return this.sent.filter(({ operations }) => operations > 0)
  }

  timedOut(): Sent[] {
    return this.sent.filter(({ ended }) => ended === 'timed out')
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A worker comes back with all of it waiting; operations of about 600 bytes. */
async function weeksOfWork(count = OPERATIONS) {
  const world = new World()
  const before = await world.signedIn()
  const note = 'We talked about the week and what comes next. '.repeat(4).trim()
  const store = userStore(SAM)
  const { keys, device_id } = (await store.meta()) as Meta
  const safe = vault(keys, SAM, device_id)
  const { newId, at } = {
    newId: ids(
      () => TEN,
      (bytes) => bytes.fill(7),
    ),
    at: TEN,
  }
  const making = { id: newId, at, zone: 'Europe/London', utc_offset_min: 0, member: () => true }
  const bodies = Array.from({ length: count }, (_, i) =>
    fromDraft(aOneToOne(before, { minutes: (i % 120) + 1, note }), making).bodies.slice(0, 1),
  ).flat()
  const records = await Promise.all(bodies.map((body) => sealItem(body, at, safe)))
  await store.keep(records.map((record) => ({ ...record, standing: PENDING })))
  store.close()
  before.close()
  world.server.always = { path: /./, fault: 'no_network' }
  const phone = await world.open()
  await rest()
  world.server.always = null
  expect(phone.snapshot().sync.waiting).toBe(count)
  return { world, phone }
}

/** Lets time pass until all is sent and read; answers the minutes until all was sent, and until all was quiet. */
async function untilQuiet(world: World, phone: Phone) {
  const began = world.at
  let sent_after = 0
  for (let minutes = 1; minutes <= 240; minutes += 1) {
    await world.pass(60_000)
    const { waiting, phase } = phone.snapshot().sync
    if (waiting === 0 && sent_after === 0) sent_after = minutes
    if (waiting === 0 && phase === 'idle') return { sent_after, quiet_after: (world.at - began) / 60_000 }
  }
  throw new Error(`still ${phone.snapshot().sync.waiting} waiting`)
}

/** Each on the server, once, and nowhere else. */
function allAreThere(world: World, phone: Phone): void {
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0, needs_a_look: 0 })
  expect(world.server.rows.size).toBe(OPERATIONS)
  for (const { row } of world.server.rows.values()) expect(row.version).toBe(1)
}

test.each([
  // At 2 kB a second the operations and their answers alone take 10 minutes, and reading them again 5.
  { rate: 2_000, sent_within: 15, quiet_within: 23, timeouts: 6 },
  { rate: 1_000, sent_within: 30, quiet_within: 48, timeouts: 9 },
])(
  'a thousand operations get through a link of $rate bytes a second',
  async (goal) => {
    const { world, phone } = await weeksOfWork()
    const link = new Link(world, goal.rate)
    void phone.sendNow()
    const { sent_after, quiet_after } = await untilQuiet(world, phone)
    allAreThere(world, phone)
    expect(sent_after).toBeLessThanOrEqual(goal.sent_within)
    expect(quiet_after).toBeLessThanOrEqual(goal.quiet_within)
    expect(link.timedOut().length).toBeLessThanOrEqual(goal.timeouts)
    const pushed = link.pushed()
    pushed.forEach((one, place) => {
      const next = pushed[place + 1]
      if (one.ended === 'timed out') expect(next?.operations).toBeLessThan(one.operations)
    })
    // What the link carries is found early, and then kept to.
    expect(pushed.slice(10).every(({ ended }) => ended === 'answered')).toBe(true)
  },
  60_000,
)

test('an answer that is lost after the server has stored the operations costs a repetition, and nothing else', async () => {
  const { world, phone } = await weeksOfWork()
  const link = new Link(world, 2_000)
  link.loses = (place) => place % 3 === 2
  void phone.sendNow()
  await untilQuiet(world, phone)
  allAreThere(world, phone)
  const carried = link.pushed().reduce((sum, { operations }) => sum + operations, 0)
  expect(carried).toBeLessThan(2.5 * OPERATIONS)
}, 60_000)

test('a link that carried nothing and is good again is used well at once', async () => {
  const { world, phone } = await weeksOfWork()
  const link = new Link(world, 1)
  void phone.sendNow()
  await world.pass(6 * 60_000)
  expect(link.sent.every(({ ended }) => ended !== 'answered')).toBe(true)
  link.rate = 1_000_000
  const before = link.sent.length
  await untilQuiet(world, phone)
  allAreThere(world, phone)
  expect(link.sent.length - before).toBeLessThan(40)
}, 60_000)
