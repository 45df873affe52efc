// Open matters of the worker's other phone, or of this one before the browser cleared it: settled on either.
import { expect, test } from 'vitest'
import type { Phone } from '../../pwa/src/data/phone'
import { aOneToOne, rest, saved, World } from './a-phone'

/** A phone whose worker has left an open matter on another one. */
async function madeElsewhere(reason: string | null) {
  const world = new World()
  const other = await world.signedIn()
  const draft = aOneToOne(other)
  if (reason === null) {
    await saved(world, other.save(draft))
    world.server.change(draft.id, { minutes: 90 })
    await saved(world, other.amend(draft.id, { minutes: 50, place: 'ward' }))
  } else {
    world.server.judge = () => ({ outcome: 'conflict', reason })
    await saved(world, other.save(draft))
    world.server.judge = () => null
  }
  other.close()
  world.evict()
  const phone = await world.signedIn()
  return { world, phone, id: draft.id }
}

function item(phone: Phone, id: string) {
  return phone.snapshot().log.find((each) => each.id === id)
}

test('a change in two places that the other phone made is shown with both versions, and is counted', async () => {
  const { phone, id } = await madeElsewhere(null)
  expect(item(phone, id)).toMatchObject({
    sending: 'changed_in_two_places',
    reason: 'version',
    version: 2,
    entry: { minutes: 50, place: 'ward' },
    theirs: { entry: { minutes: 90 } },
  })
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, changed_in_two_places: 1, needs_a_look: 0 })
})

test.each(['mine', 'theirs'] as const)('it can be settled here: %s', async (which) => {
  const { world, phone, id } = await madeElsewhere(null)
  expect(await saved(world, phone.choose(id, which))).toEqual({ ok: true, sent: true })
  expect(world.server.open().size).toBe(0)
  expect(item(phone, id)).toMatchObject({
    sending: 'sent',
    entry: { minutes: which === 'mine' ? 50 : 90 },
    version: which === 'mine' ? 3 : 2,
  })
  expect(phone.snapshot().sync.changed_in_two_places).toBe(0)
})

test('once it is settled here it is not shown any more, also before that is sent', async () => {
  const { world, phone, id } = await madeElsewhere(null)
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.choose(id, 'theirs'))
  expect(item(phone, id)).toMatchObject({
    sending: 'waiting',
    version: 2,
    entry: { minutes: 90 },
    theirs: null,
  })
  expect(phone.snapshot().sync).toMatchObject({ waiting: 1, changed_in_two_places: 0 })
})

test('a log that the server never put into effect can be put right here', async () => {
  const { world, phone, id } = await madeElsewhere('rule:closed_month')
  expect(item(phone, id)).toMatchObject({ sending: 'needs_a_look', problems: [{ code: 'closed_month' }] })
  await saved(world, phone.amend(id, { happened_on: '2026-11-19' }))
  expect(item(phone, id)).toMatchObject({ sending: 'sent', version: 1, entry: { minutes: 45 } })
  expect(world.server.open().size).toBe(0)
})

test('a log that the server never put into effect can be let go here', async () => {
  const { world, phone, id } = await madeElsewhere('rule:closed_month')
  await saved(world, phone.remove(id))
  expect(item(phone, id)).toBeUndefined()
  expect(world.server.open().size).toBe(0)
})

test('it outlives a cold start without signal, goes once it is settled elsewhere, and goes at sign-out', async () => {
  const made = await madeElsewhere(null)
  let { phone } = made
  const { world, id } = made
  phone.close()
  world.server.always = { path: /./, fault: 'no_network' }
  phone = await world.open()
  await rest()
  expect(item(phone, id)).toMatchObject({ sending: 'changed_in_two_places' })
  expect(JSON.stringify(await conflicts())).not.toContain('ward')
  world.server.always = null
  const [op = ''] = world.server.open()
  world.server.closed.add(op)
  await phone.sendNow()
  expect(item(phone, id)).toMatchObject({ sending: 'sent', entry: { minutes: 90 } })
  expect(await conflicts()).toEqual([])

  world.server.closed.clear()
  await phone.sendNow()
  expect(await conflicts()).toHaveLength(1)
  await phone.signOut()
  expect(await conflicts()).toEqual([])
})

test('another tab follows when the list becomes empty', async () => {
  const { world, phone, id } = await madeElsewhere(null)
  const tab = await world.open()
  await rest()
  expect(item(tab, id)).toMatchObject({ sending: 'changed_in_two_places' })
  const [op = ''] = world.server.open()
  world.server.closed.add(op)
  await phone.sendNow()
  await rest()
  expect(item(tab, id)).toMatchObject({ sending: 'sent' })
})

test('open matters of others, or of a team that was left, are none of this phone’s business', async () => {
  const { world, phone } = await madeElsewhere('rule:closed_month')
  const { user_id, teams } = world.server
  const one = { thing: 'entry', action: 'create', reason: 'exists', received_at: 1 } as const
  const set = { happened_on: '2026-11-20', details: { kind: 'one_to_one' } }
  const [team_id = ''] = teams
  world.server.others = [
    { ...one, set, op: 'a', thing_id: 'a', team_id, author_id: 'kit' },
    { ...one, set, op: 'b', thing_id: 'b', team_id: 'left', author_id: user_id },
    { ...one, set, op: 'c', thing_id: 'c', team_id, author_id: user_id },
  ] as never
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ needs_a_look: 1, changed_in_two_places: 1 })
  expect(item(phone, 'c')).toMatchObject({ sending: 'changed_in_two_places', theirs: null })
})

async function conflicts(): Promise<unknown[]> {
  const names = (await indexedDB.databases()).map((each) => each.name ?? '')
  const open = indexedDB.open(names.find((each) => each.includes('-')) ?? '')
  await new Promise((done) => open.addEventListener('success', done))
  const all = open.result.transaction('conflicts').objectStore('conflicts').getAll()
  await new Promise((done) => all.addEventListener('success', done))
  open.result.close()
  return all.result
}
