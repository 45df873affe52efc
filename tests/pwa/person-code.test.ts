// A person's code that the server did not take: put right, or let go. Logs that name the person are not in its way.
import { expect, test } from 'vitest'
import type { Phone } from '../../pwa/src/data/phone'
import { saved, World } from './a-phone'
import { TEAM } from './a-server'

async function refused(outcome: 'rejected' | 'conflict', reason: string) {
  const world = new World()
  const phone = await world.signedIn()
  world.server.judge = ({ thing }) =>
    thing === 'person'
      ? {
          outcome,
          reason,
          retry: 'after_update',
          problems: [{ code: 'looks_like_a_name', field: 'set.code' }],
        }
      : null
  const added: { id: string } = await saved(world, phone.addPerson('Heron-4', TEAM))
  world.server.judge = () => null
  return { world, phone, id: added.id }
}

const person = (phone: Phone, id: string) => phone.snapshot().persons.find((one) => one.person.id === id)

test.each([
  ['rejected', 'unreadable'],
  ['conflict', 'rule:person_codes_off'],
] as const)('a code that was answered %s is sent again with another', async (outcome, reason) => {
  const { world, phone, id } = await refused(outcome, reason)
  expect(person(phone, id)).toMatchObject({ sending: 'needs_a_look', reason })
  expect(await saved(world, phone.fixPerson(id, 'KITE-4'))).toEqual({ ok: true, sent: true })
  expect(person(phone, id)).toMatchObject({ sending: 'sent', person: { code: 'KITE-4' } })
  expect(world.server.rows.get(id)?.row).toMatchObject({ code: 'KITE-4' })
  expect(phone.snapshot().sync.needs_a_look).toBe(0)
})

test('another code that the phone itself sees to be wrong is not sent', async () => {
  const { world, phone, id } = await refused('rejected', 'unreadable')
  const before = world.server.requests.length
  expect(await phone.fixPerson(id, 'Robin Heron')).toMatchObject({
    ok: false,
    problem: [{ code: 'looks_like_a_name' }],
  })
  expect(world.server.requests.length).toBe(before)
})

test.each([
  ['rejected', 'unreadable'],
  ['conflict', 'rule:person_codes_off'],
] as const)(
  'a code that was answered %s can be let go, and nothing asks for a look any more',
  async (outcome, reason) => {
    const { world, phone, id } = await refused(outcome, reason)
    expect(await saved(world, phone.letGoPerson(id))).toMatchObject({ ok: true })
    expect(phone.snapshot().sync).toMatchObject({ needs_a_look: 0, waiting: 0 })
    expect(world.server.rows.has(id)).toBe(false)
  },
)
