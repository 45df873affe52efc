// The people of a team on the phone: added, changed, ended, brought back and put together, with and without signal.
import { expect, test } from 'vitest'
import { inOrder, peopleIn, peopleOf, sameCoded } from '../../pwa/src/data/persons'
import type { Phone } from '../../pwa/src/data/phone'
import type { Person, PersonChange } from '../../pwa/src/data/schema.gen'
import { aOneToOne, saved, World } from './a-phone'
import { TEAM } from './a-server'

async function withPeople(...codes: string[]) {
  const world = new World()
  const phone = await world.signedIn()
  const ids: string[] = []
  for (const code of codes) {
    const added: { id: string } = await saved(world, phone.addPerson(code, TEAM))
    ids.push(added.id)
  }
  const [one = '', two = '', three = ''] = ids
  return { world, phone, one, two, three }
}

const change = (world: World, phone: Phone, id: string, set: PersonChange) =>
  saved(world, phone.changePerson(id, set))
const item = (phone: Phone, id: string) => phone.snapshot().persons.find((one) => one.person.id === id)
const stored = (world: World, id: string) => world.server.rows.get(id)?.row
const people = (phone: Phone) => peopleIn(phone.snapshot().persons)
const codes = (persons: readonly Person[]) => persons.map(({ code }) => code)
const offered = (phone: Phone) => codes(inOrder(people(phone), TEAM, phone.snapshot().log))

async function logWith(world: World, phone: Phone, person_id: string, minutes: number) {
  await world.pass(1_000)
  const draft = aOneToOne(phone, { person_id, minutes })
  expect(await saved(world, phone.save(draft))).toMatchObject({ ok: true })
  return draft.id
}

function aPerson(id: string, code: string, merged_into: string | null = null): Person {
  return { thing: 'person', id, team_id: TEAM, version: 1, code, merged_into }
}

test('references, the first day and the end of a person are kept without signal and sent later', async () => {
  const { world, phone, one } = await withPeople()
  expect(one).toBe('')
  world.server.always = { path: /./, fault: 'no_network' }
  const { id }: { id: string } = await saved(world, phone.addPerson('KITE-12', TEAM))
  const references = { local_patient_id: ' L-4471 ', referral_ref: 'R9', started_on: '2026-10-01' }
  expect(await change(world, phone, id, references)).toEqual({ ok: true, sent: false })
  await change(world, phone, id, { ended_on: '2026-11-19', end_reason: 'planned_ending' })
  expect(item(phone, id)).toMatchObject({
    sending: 'waiting',
    theirs: null,
    person: { version: 3, local_patient_id: 'L-4471', ended_on: '2026-11-19', end_reason: 'planned_ending' },
  })
  world.server.always = null
  await phone.sendNow()
  expect(item(phone, id)).toMatchObject({ sending: 'sent', person: { version: 3, referral_ref: 'R9' } })
  expect(stored(world, id)).toMatchObject({ local_patient_id: 'L-4471', end_reason: 'planned_ending' })
})

test('bringing a person back clears the end and its reason, and an emptied reference is cleared', async () => {
  const { world, phone, one } = await withPeople('KITE-12')
  await change(world, phone, one, {
    referral_ref: 'R9',
    ended_on: '2026-11-19',
    end_reason: 'moved_away',
  })
  await change(world, phone, one, { ended_on: null, end_reason: null, referral_ref: ' ' })
  expect(stored(world, one)).toMatchObject({ ended_on: null, end_reason: null, referral_ref: null })
})

test('a change that changes nothing is not sent', async () => {
  const { world, phone, one } = await withPeople('KITE-12')
  const before = world.server.operations.size
  expect(await change(world, phone, one, { code: 'KITE-12', referral_ref: '' })).toEqual({
    ok: true,
    sent: true,
  })
  expect(world.server.operations.size).toBe(before)
})

test.each([
  [{ local_patient_id: '943 476 5919' }, 'set.local_patient_id', 'reference_identifies'],
  [{ referral_ref: '9434765919' }, 'set.referral_ref', 'reference_identifies'],
  [{ code: '9434765919' }, 'set.code', 'looks_like_an_identifier'],
  [{ code: '' }, 'set.code', 'required'],
  [{ started_on: '2026-11-02', ended_on: '2026-11-01' }, 'set.ended_on', 'from_after_to'],
  [{ end_reason: 'other' }, 'set.ended_on', 'required'],
] as const)('a person is not changed to %o: it never leaves the phone', async (set, field, code) => {
  const { world, phone, one } = await withPeople('KITE-12')
  const before = world.server.operations.size
  expect(await change(world, phone, one, set)).toEqual({ ok: false, problem: [{ field, code }] })
  expect(world.server.operations.size).toBe(before)
})

test('one who was merged is not offered, and logs of both count for the one that stays', async () => {
  const { world, phone, one, two, three } = await withPeople('KITE-12', 'ALDER-1', 'WREN-3')
  await logWith(world, phone, three, 30)
  await logWith(world, phone, one, 45)
  expect(offered(phone)).toEqual(['KITE-12', 'WREN-3', 'ALDER-1'])
  await change(world, phone, one, { merged_into: two })
  expect(offered(phone)).toEqual(['ALDER-1', 'WREN-3'])
  expect(people(phone).standing(one)?.code).toBe('ALDER-1')
  expect(codes(people(phone).aliases(two))).toEqual(['KITE-12'])
  await change(world, phone, one, { merged_into: null })
  expect(offered(phone)).toEqual(['KITE-12', 'WREN-3', 'ALDER-1'])
})

test('an alias is one step: whoever stood for the first stands for the second too', async () => {
  const { world, phone, one, two, three } = await withPeople('KITE-12', 'ALDER-1', 'WREN-3')
  await change(world, phone, one, { merged_into: two })
  expect(await change(world, phone, two, { merged_into: three })).toEqual({ ok: true, sent: true })
  expect(stored(world, one)).toMatchObject({ merged_into: three })
  expect(stored(world, two)).toMatchObject({ merged_into: three })
  // In the order in which a server that allows one step can take them.
  const told = world.server.requests
    .flatMap(
      ({ body }) => (body as { operations?: { thing_id: string; set?: PersonChange }[] })?.operations ?? [],
    )
    .filter(({ set }) => set?.merged_into === three)
  expect(told.map(({ thing_id }) => thing_id)).toEqual([one, two])
})

test('a person who is put together with an alias is put together with the one that it stands for', async () => {
  const { world, phone, one, two, three } = await withPeople('KITE-12', 'ALDER-1', 'WREN-3')
  await change(world, phone, one, { merged_into: two })
  await change(world, phone, three, { merged_into: one })
  expect(stored(world, three)).toMatchObject({ merged_into: two })
})

test.each([['itself'], ['its own alias'], ['nobody']])(
  'a person is not put together with %s',
  async (with_whom) => {
    const { world, phone, one, two } = await withPeople('KITE-12', 'ALDER-1')
    await change(world, phone, one, { merged_into: two })
    const other = { itself: two, 'its own alias': one, nobody: 'unknown' }[with_whom] ?? ''
    expect(await change(world, phone, two, { merged_into: other })).toEqual({
      ok: false,
      problem: [{ code: 'merge' }],
    })
  },
)

test('the same code, written in another way, is the same person; from two phones it is found to be twice', async () => {
  const { world, phone, one } = await withPeople('KITE-12')
  expect(await phone.addPerson('kite-12', TEAM)).toEqual({ id: one })
  const other = aPerson('0190ffff-0000-7000-8000-000000000001', 'kite-12')
  world.server.seq += 1
  world.server.rows.set(other.id, { row: other, seq: world.server.seq })
  await phone.sendNow()
  const found = people(phone)
  expect(sameCoded(found, other).map(({ id }) => id)).toEqual([one])
  await change(world, phone, other.id, { merged_into: one })
  expect(sameCoded(people(phone), other)).toEqual([expect.objectContaining({ id: one })])
  expect(offered(phone)).toEqual(['KITE-12'])
})

async function changedInTwoPlaces() {
  const { world, phone, one } = await withPeople('KITE-12')
  world.server.change(one, { referral_ref: 'R1' })
  await change(world, phone, one, { local_patient_id: 'L-4471' })
  return { world, phone, one }
}

test('a person who was changed in two places is shown as both, and nothing is lost of either', async () => {
  const { phone, one } = await changedInTwoPlaces()
  expect(item(phone, one)).toMatchObject({
    sending: 'changed_in_two_places',
    person: { local_patient_id: 'L-4471' },
    theirs: { referral_ref: 'R1' },
  })
})

test('keeping mine puts the whole of it on top and closes the matter', async () => {
  const { world, phone, one } = await changedInTwoPlaces()
  expect(await change(world, phone, one, {})).toEqual({ ok: true, sent: true })
  expect(stored(world, one)).toMatchObject({ local_patient_id: 'L-4471' })
  expect(world.server.closed.size).toBe(1)
  expect(phone.snapshot().sync).toMatchObject({ changed_in_two_places: 0, waiting: 0 })
})

test('keeping theirs changes nothing on the server and closes the matter', async () => {
  const { world, phone, one } = await changedInTwoPlaces()
  await saved(world, phone.letGoPerson(one))
  expect(item(phone, one)).toMatchObject({ sending: 'sent', person: { referral_ref: 'R1' } })
  expect((stored(world, one) as Person).local_patient_id ?? null).toBeNull()
  expect(world.server.closed.size).toBe(1)
})

test('a refused end of support is sent again whole when the code is put right', async () => {
  const { world, phone, one } = await withPeople('KITE-12')
  world.server.judge = () => ({ outcome: 'conflict', reason: 'rule:person_codes_off' })
  await change(world, phone, one, { ended_on: '2026-11-19', end_reason: 'moved_on' })
  expect(item(phone, one)).toMatchObject({ sending: 'needs_a_look', theirs: { code: 'KITE-12' } })
  world.server.judge = () => null
  expect(await saved(world, phone.fixPerson(one, 'KITE-13'))).toEqual({ ok: true, sent: true })
  expect(stored(world, one)).toMatchObject({
    code: 'KITE-13',
    ended_on: '2026-11-19',
    end_reason: 'moved_on',
  })
})

test('a chain that two phones made is followed, and of a ring one person stands for all', () => {
  const chain = peopleOf([aPerson('a', 'A', 'b'), aPerson('b', 'B', 'c'), aPerson('c', 'C')])
  expect(chain.standing('a')?.id).toBe('c')
  expect(codes(chain.of(TEAM))).toEqual(['C'])
  const ring = peopleOf([aPerson('a', 'A', 'b'), aPerson('b', 'B', 'a'), aPerson('d', 'D', 'a')])
  expect(['a', 'b', 'd'].map((id) => ring.standing(id)?.id)).toEqual(['a', 'a', 'a'])
  expect(codes(ring.of(TEAM))).toEqual(['A'])
})

test('an alias of somebody of whom this phone has not heard stands for itself', () => {
  expect(codes(peopleOf([aPerson('a', 'A', 'unknown')]).of(TEAM))).toEqual(['A'])
})
