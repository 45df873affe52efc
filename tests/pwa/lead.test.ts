// A team lead decides about the work of others: by operations like any other, which are no part of the lead's own log.
import { expect, test } from 'vitest'
import { matterOf } from '../../pwa/src/data/deciding'
import type { Phone, Settings } from '../../pwa/src/data/phone'
import type { Entry, OpenConflict } from '../../pwa/src/data/schema.gen'
import { closedMonth } from '../../pwa/src/rules/entry'
import { goneQuiet, worthShowing } from '../../pwa/src/screens/lead/quiet'
import { rest, saved, TEN, TODAY, World } from './a-phone'
import { SAM, SETTINGS, TEAM } from './a-server'

const KIM = '01900000-0000-7000-8000-0000000000a1'
const THING = '01900000-0000-7000-8000-0000000000e1'
const OP = '01900000-0000-7000-8000-0000000000f1'

const SET = { happened_on: '2026-08-20', minutes: 45, mode: 'in_person', details: { kind: 'one_to_one' } }

function aConflict(more: Partial<OpenConflict> = {}): OpenConflict {
  const of = { thing: 'entry', thing_id: THING, team_id: TEAM, author_id: KIM } as const
  const when = { received_at: TEN, zone: 'Europe/Paris', utc_offset_min: 120 }
  return { op: OP, action: 'create', base: 0, reason: 'rule:too_far_back', set: SET, ...of, ...when, ...more }
}

function anEntry(more: Partial<Entry> = {}): Entry {
  return {
    thing: 'entry',
    id: THING,
    team_id: TEAM,
    author_id: KIM,
    version: 3,
    state: 'active',
    schema: 1,
    zone: 'Europe/London',
    utc_offset_min: 60,
    happened_on: '2026-08-20',
    minutes: 30,
    mode: 'phone',
    attendance: 'attended',
    details: { kind: 'one_to_one' },
    ...more,
  }
}

/** Sam leads the team; the server lists these conflicts and these closed months. */
async function asLead(conflicts: readonly OpenConflict[] = [], months: readonly object[] = []) {
  const world = new World()
  world.server.role = 'lead'
  world.server.reads.set('/conflicts', { conflicts })
  world.server.reads.set('/months', { months })
  const phone = await world.signedIn()
  return { world, phone }
}

async function matters(phone: Phone) {
  const answer = await phone.lead.matters(TODAY)
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  return answer.value
}

async function theOne(phone: Phone) {
  const [matter] = await matters(phone)
  if (matter === undefined) throw new Error('nothing needs a decision')
  return matter
}

const sent = ({ server }: World) => [...server.operations.values()].map(({ body }) => JSON.parse(body))

test('accepting repeats the words, the reason, the zone and the offset, and names what it settles', async () => {
  const { world, phone } = await asLead([aConflict()])
  expect(await saved(world, phone.lead.accept(await theOne(phone)))).toMatchObject({ ok: true, sent: true })
  expect(sent(world)).toMatchObject([
    {
      action: 'create',
      thing_id: THING,
      team_id: TEAM,
      base: 0,
      set: SET,
      closes: OP,
      zone: 'Europe/Paris',
      utc_offset_min: 120,
    },
  ])
  expect(sent(world)[0]).not.toHaveProperty('author_id')
})

test('accepting a change starts from the version that the server has', async () => {
  const { world, phone } = await asLead([
    aConflict({ action: 'amend', base: 1, reason: 'version', set: { minutes: 50 }, record: anEntry() }),
  ])
  const matter = await theOne(phone)
  expect(matter.wanted).toMatchObject({ minutes: 50, mode: 'phone', author_id: KIM })
  await saved(world, phone.lead.accept(matter))
  expect(sent(world)).toMatchObject([{ action: 'amend', base: 3, set: { minutes: 50 }, closes: OP }])
})

test('accepting a change of a deleted entry brings it back first', async () => {
  const record = anEntry({ state: 'void' })
  const { world, phone } = await asLead([
    aConflict({ action: 'amend', base: 1, reason: 'entry_void', set: { minutes: 50 }, record }),
  ])
  await saved(world, phone.lead.accept(await theOne(phone)))
  expect(sent(world).map(({ action, base }) => [action, base])).toEqual([
    ['unvoid', 3],
    ['amend', 4],
  ])
})

test('leaving out changes nothing and names what it settles', async () => {
  const { world, phone } = await asLead([aConflict()])
  await saved(world, phone.lead.leaveOut(await theOne(phone)))
  expect(sent(world)).toMatchObject([{ action: 'amend', set: {}, closes: OP, thing_id: THING }])
})

test('what was decided without signal waits to be sent, and is not asked about again', async () => {
  const { world, phone } = await asLead([aConflict()])
  const matter = await theOne(phone)
  world.server.always = { path: /sync/, fault: 'no_network' }
  expect(await saved(world, phone.lead.accept(matter))).toMatchObject({ ok: true, sent: false })
  expect(phone.snapshot().sync.waiting).toBe(1)
  expect(phone.snapshot().decisions).toMatchObject([{ closes: OP, sending: 'waiting', author_id: KIM }])
  expect(await matters(phone)).toEqual([])
  phone.close()
  const again = await world.open()
  await rest()
  expect(again.snapshot().decisions).toHaveLength(1)
  world.server.always = null
  await world.signal()
  expect(again.snapshot().sync.waiting).toBe(0)
  expect(sent(world)).toHaveLength(1)
  expect(await matters(again)).toEqual([])
})

test('the work of others never comes into the lead’s own log, before or after it is sent', async () => {
  const { world, phone } = await asLead([aConflict()])
  // The server decides it as its author's, and answers with the author's entry.
  const { fetch } = world.server
  Object.assign(world.server, {
    fetch: async (path: string, init: RequestInit) => {
      const answer = await fetch(path, init)
      const text = await answer.clone().text()
      return text.includes(THING) ? new Response(text.replaceAll(SAM, KIM), answer) : answer
    },
  })
  const matter = await theOne(phone)
  world.server.always = { path: /sync/, fault: 'no_network' }
  await saved(world, phone.lead.accept(matter))
  expect(phone.snapshot().log).toEqual([])
  world.server.always = null
  await world.pass(60_000)
  expect(sent(world)).toHaveLength(1)
  expect(phone.snapshot().log).toEqual([])
})

test('a decision that meets another change needs another one, and the lead’s own log stays as it is', async () => {
  const { world, phone } = await asLead([
    aConflict({ action: 'amend', reason: 'version', set: { minutes: 50 }, record: anEntry() }),
  ])
  expect(await saved(world, phone.lead.accept(await theOne(phone)))).toMatchObject({
    sent: false,
    again: true,
  })
  expect(phone.snapshot().log).toEqual([])
  expect(phone.snapshot().sync).toMatchObject({ needs_a_look: 0, changed_in_two_places: 0 })
})

test('a decision that the server refuses is kept and shown until it is put away', async () => {
  const { world, phone } = await asLead([aConflict()])
  world.server.judge = () => ({ outcome: 'rejected', reason: 'not_authorised', retry: 'never' })
  await saved(world, phone.lead.accept(await theOne(phone)))
  const [decision] = phone.snapshot().decisions
  expect(decision).toMatchObject({ sending: 'needs_a_look', reason: 'not_authorised' })
  expect(phone.snapshot().sync.needs_a_look).toBe(1)
  // The conflict is open still: it may be decided anew.
  expect(await matters(phone)).toHaveLength(1)
  await saved(world, phone.lead.putAway(decision?.id ?? ''))
  expect(phone.snapshot().decisions).toEqual([])
  expect(phone.snapshot().sync.needs_a_look).toBe(0)
})

test('an entry of the team is deleted with a reason and brought back, beside the lead’s own log', async () => {
  const { world, phone } = await asLead()
  const entry = anEntry()
  world.server.rows.set(THING, { row: entry, seq: 1 })
  await saved(world, phone.lead.remove(entry, 'Logged twice'))
  await saved(world, phone.lead.bringBack({ ...entry, state: 'void', version: 4 }))
  expect(sent(world)).toMatchObject([
    { action: 'void', base: 3, reason: 'Logged twice' },
    { action: 'unvoid', base: 4 },
  ])
  expect(phone.snapshot().log).toEqual([])
})

test('a lead’s own entry that waits is accepted in the own log', async () => {
  const { world, phone } = await asLead([aConflict({ author_id: SAM })])
  const matter = await theOne(phone)
  world.server.always = { path: /sync/, fault: 'no_network' }
  await saved(world, phone.lead.accept(matter))
  expect(phone.snapshot().log).toMatchObject([{ id: THING, author_id: SAM, sending: 'waiting' }])
  expect(phone.snapshot().decisions).toEqual([])
  world.server.always = null
  await world.signal()
  expect(phone.snapshot().log).toMatchObject([{ id: THING, author_id: SAM, sending: 'sent' }])
})

const around = { today: TODAY, settings: { ...SETTINGS } as Settings, closed_months: () => ['2026-08'] }

test.each([
  ['it is for a closed month', aConflict(), 'closed'],
  ['it moves out of a closed month', changing({ happened_on: '2026-11-19' }), 'closed'],
  ['the day is still to come', aConflict({ set: { ...SET, happened_on: '2026-11-21' } }), 'to_come'],
  ['the entry is there already', aConflict({ reason: 'exists', record: anEntry() }), 'there_already'],
  ['what it changes has not arrived', aConflict({ action: 'amend', set: { minutes: 5 } }), 'not_there'],
  ['nothing speaks against it', aConflict({ set: { ...SET, happened_on: '2026-09-01' } }), null],
  [
    'it only deletes, which a closed month allows',
    aConflict({ action: 'void', set: {}, record: anEntry() }),
    null,
  ],
] as const)('a lead is told what stands in the way of accepting: %s', (_, conflict, obstacle) => {
  expect(matterOf(conflict, around).obstacle).toBe(obstacle)
})

function changing(set: object): OpenConflict {
  return aConflict({ action: 'amend', reason: 'version', set: { ...set }, record: anEntry() })
}

test('what was read of a team for one user is not shown to the next', async () => {
  const { world, phone } = await asLead()
  world.server.reads.set(`/devices?team_id=${TEAM}`, { devices: [] })
  world.server.holds = /team_id/
  const reading = phone.lead.phones(TEAM)
  await rest()
  await phone.signOut()
  world.server.letGo()
  expect(await reading).toMatchObject({ ok: false })
})

test('the directory is kept sealed, is there without signal, and is gone with the user', async () => {
  const world = new World()
  const teams = [{ id: TEAM, name: 'North', closed_months: ['2026-09'] }]
  const users = [KIM, SAM].map((id) => ({ id, name: 'Kim', role: 'worker', team_id: TEAM }))
  world.server.reads.set('/directory', { teams, users })
  const phone = await world.signedIn()
  expect(phone.snapshot().directory).toMatchObject({ teams, users })
  phone.close()
  world.server.always = { path: /./, fault: 'no_network' }
  const again = await world.open()
  await rest()
  expect(again.snapshot().directory).toMatchObject({ teams, users })
  world.server.always = null
  world.server.reads.set('/directory', { teams: [{ ...teams[0], closed_months: [] }], users })
  await world.signal('visible')
  expect(again.snapshot().directory?.teams[0]?.closed_months).toEqual([])
  await again.signOut()
  expect(again.snapshot().directory).toBeNull()
  again.close()
  world.server.always = { path: /directory/, fault: 'no_network' }
  const next = await world.signedIn()
  expect(next.snapshot().directory).toBeNull()
})

test('the directory of another user, whom another tab has signed in, is not kept', async () => {
  const world = new World()
  const users = [{ id: KIM, name: 'Kim', role: 'worker', team_id: TEAM }]
  world.server.reads.set('/directory', { teams: [], users })
  const phone = await world.signedIn()
  expect(phone.snapshot().directory).toBeNull()
})

test('a closed month is told by the new day and by the old one', () => {
  expect(closedMonth(['2026-09'], '2026-09-30')).toBe('2026-09')
  expect(closedMonth(['2026-09'], '2026-10-01', '2026-09-30')).toBe('2026-09')
  expect(closedMonth(['2026-09'], '2026-10-01', undefined)).toBeNull()
})

test('a phone has gone quiet after 5 days with something waiting, or 14 days without a word', () => {
  const day = 86_400_000
  const one = {
    ...{ id: 'a', user_id: KIM, name: '', app: '', created_at: 0, issued: 3, received: 3, missing: [] },
    ...{ missing_count: 0, pending: 0, oldest_pending_at: null, possibly_lost: 0, signed_out: false },
    last_seen_at: TEN,
  }
  expect(goneQuiet(one, TEN + 13 * day)).toBe(false)
  expect(goneQuiet(one, TEN + 14 * day)).toBe(true)
  expect(goneQuiet({ ...one, pending: 1 }, TEN + 5 * day)).toBe(false)
  expect(goneQuiet({ ...one, pending: 1 }, TEN + 5 * day + 1)).toBe(true)
  expect(goneQuiet({ ...one, pending: 1, oldest_pending_at: TEN - 6 * day }, TEN)).toBe(true)
  expect(goneQuiet({ ...one, signed_out: true }, TEN + 99 * day)).toBe(false)
  expect(worthShowing({ ...one, signed_out: true })).toBe(false)
  expect(worthShowing({ ...one, signed_out: true, missing_count: 1 })).toBe(true)
})
