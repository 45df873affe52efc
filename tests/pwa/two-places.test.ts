// What the server has stored but not put into effect: the worker says what to do, and the matter is closed.
import { expect, test } from 'vitest'
import type { Phone } from '../../pwa/src/data/phone'
import { aOneToOne, saved, World } from './a-phone'

/** An entry that was changed on this phone and, before that arrived, elsewhere. */
async function changedInTwoPlaces(elsewhere: object = { minutes: 90 }) {
  const world = new World()
  const phone = await world.signedIn()
  const { id } = aOneToOne(phone)
  const draft = { ...aOneToOne(phone), id }
  await saved(world, phone.save(draft))
  world.server.change(id, elsewhere)
  await saved(world, phone.amend(id, { minutes: 50, details: { first_meeting: true } }))
  return { world, phone, id }
}

function item(phone: Phone, id: string) {
  const found = phone.snapshot().log.find((each) => each.id === id)
  if (found === undefined) throw new Error('not in the log')
  return found
}

test('both versions of an entry that was changed in two places are shown', async () => {
  const { phone, id } = await changedInTwoPlaces()
  expect(item(phone, id)).toMatchObject({
    sending: 'changed_in_two_places',
    reason: 'version',
    entry: { minutes: 50, details: { first_meeting: true } },
    theirs: { entry: { minutes: 90 }, state: 'active' },
  })
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, changed_in_two_places: 1 })
})

test('choosing mine puts my answers on top of what the server has, and closes the matter', async () => {
  const { world, phone, id } = await changedInTwoPlaces({ minutes: 90, place: 'ward' })
  expect(await saved(world, phone.choose(id, 'mine'))).toEqual({ ok: true, sent: true })
  expect(item(phone, id)).toMatchObject({ sending: 'sent', version: 3, theirs: null })
  expect(world.server.rows.get(id)?.row).toMatchObject({
    minutes: 50,
    place: 'ward',
    details: { first_meeting: true },
  })
  expect(world.server.closed.size).toBe(1)
})

test('choosing theirs changes nothing on the server but closes the matter', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  await saved(world, phone.choose(id, 'theirs'))
  expect(item(phone, id)).toMatchObject({ sending: 'sent', entry: { minutes: 90 } })
  expect(world.server.closed.size).toBe(1)
  expect(phone.snapshot().sync.changed_in_two_places).toBe(0)
})

test('an entry that was deleted elsewhere can be kept', async () => {
  const { world, phone, id } = await changedInTwoPlaces({ state: 'void' })
  expect(item(phone, id)).toMatchObject({ reason: 'entry_void', theirs: { state: 'void' } })
  await saved(world, phone.choose(id, 'mine'))
  expect(world.server.rows.get(id)?.row).toMatchObject({ state: 'active', minutes: 50 })
  expect(world.server.closed.size).toBe(1)
})

test('an entry that was deleted elsewhere can be let go', async () => {
  const { world, phone, id } = await changedInTwoPlaces({ state: 'void' })
  await saved(world, phone.choose(id, 'theirs'))
  expect(item(phone, id)).toMatchObject({ state: 'void', sending: 'sent' })
  expect(world.server.closed.size).toBe(1)
})

test('several changes made without signal are settled together', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.amend(draft.id, { minutes: 50 }))
  await saved(world, phone.amend(draft.id, { place: 'ward' }))
  world.server.change(draft.id, { minutes: 90 })
  world.server.change(draft.id, { mode: 'phone' })
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot().sync.changed_in_two_places).toBe(1)
  await saved(world, phone.choose(draft.id, 'mine'))
  expect(item(phone, draft.id)).toMatchObject({
    sending: 'sent',
    entry: { minutes: 50, place: 'ward', mode: 'phone' },
  })
  expect(world.server.closed.size).toBe(2)
})

test('a matter that the lead has settled is closed on the phone too', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  for (const conflict of world.server.operations.keys()) world.server.closed.add(conflict)
  await world.pass(1000)
  await phone.sendNow()
  expect(item(phone, id)).toMatchObject({ sending: 'sent', entry: { minutes: 90 } })
})

test('an entry that breaks a rule of the service needs a look, and is tried anew with the change in it', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'conflict', reason: 'rule:closed_month' })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(item(phone, draft.id)).toMatchObject({
    sending: 'needs_a_look',
    reason: 'rule:closed_month',
    problems: [{ code: 'closed_month' }],
  })
  world.server.judge = () => null
  await saved(world, phone.amend(draft.id, { happened_on: '2026-11-19' }))
  expect(item(phone, draft.id)).toMatchObject({ sending: 'sent', version: 1, problems: [] })
  expect(world.server.rows.get(draft.id)?.row).toMatchObject({ happened_on: '2026-11-19', minutes: 45 })
  expect(world.server.closed.size).toBe(1)
})

test('a change that breaks a rule is tried anew as a change', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.judge = () => ({ outcome: 'conflict', reason: 'rule:closed_month' })
  await saved(world, phone.amend(draft.id, { minutes: 5, place: 'ward' }))
  world.server.judge = () => null
  await saved(world, phone.amend(draft.id, { minutes: 6 }))
  expect(item(phone, draft.id)).toMatchObject({
    sending: 'sent',
    version: 2,
    entry: { minutes: 6, place: 'ward' },
  })
})

test('one that was refused and is let go is out of sight, and still in the outbox', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'rejected', reason: 'not_authorised', retry: 'never' })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.remove(draft.id))
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0, needs_a_look: 0 } })
  phone.close()
  phone = await world.open()
  expect(await outbox()).toMatchObject([{ standing: { state: 'quarantined', closed_by: 'put_away' } }])
})

test('what was changed before its refusal was known goes into the new attempt', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.amend(draft.id, { place: 'ward' }))
  world.server.judge = ({ action }) =>
    action === 'create' ? { outcome: 'rejected', reason: 'unreadable', retry: 'never' } : null
  world.server.always = null
  await phone.sendNow()
  expect(item(phone, draft.id)).toMatchObject({ sending: 'needs_a_look', entry: { place: 'ward' } })
  world.server.judge = () => null
  await saved(world, phone.amend(draft.id, { minutes: 10 }))
  expect(item(phone, draft.id)).toMatchObject({
    sending: 'sent',
    version: 1,
    entry: { minutes: 10, place: 'ward' },
  })
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, needs_a_look: 0, changed_in_two_places: 0 })
})

/** What was sent by the act, in the order sent. */
async function sentBy(world: World, act: () => Promise<unknown>) {
  const before = world.server.requests.length
  await saved(world, act())
  const pushes = world.server.requests.slice(before).filter(({ path }) => path === '/sync/push')
  return pushes.flatMap(({ body }) => (body as { operations: { action: string; base: number }[] }).operations)
}

test('choosing theirs says so once for each conflict, on the version that is there, and makes no version', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.amend(draft.id, { minutes: 50 }))
  await saved(world, phone.amend(draft.id, { place: 'ward' }))
  world.server.change(draft.id, { minutes: 90 })
  world.server.change(draft.id, { mode: 'phone' })
  world.server.always = null
  await phone.sendNow()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.choose(draft.id, 'theirs'))
  expect(item(phone, draft.id)).toMatchObject({ sending: 'waiting', version: 3, entry: { minutes: 90 } })
  expect(item(phone, draft.id).entry.place).not.toBe('ward')
  world.server.always = null
  const sent = await sentBy(world, () => phone.sendNow())
  expect(sent).toMatchObject([
    { action: 'amend', base: 3, set: {} },
    { action: 'amend', base: 3, set: {} },
  ])
  expect(item(phone, draft.id)).toMatchObject({ sending: 'sent', version: 3, entry: { minutes: 90 } })
  expect(world.server.open().size).toBe(0)
})

/** One that the server keeps without effect. */
async function keptWithoutEffect(reason: string) {
  const world = new World()
  const phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'conflict', reason })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.judge = () => null
  expect(world.server.open().size).toBe(1)
  return { world, phone, id: draft.id }
}

test('what the server never put into effect is closed there when it is let go, and is as good as deleted until then', async () => {
  const { world, phone, id } = await keptWithoutEffect('exists')
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.choose(id, 'theirs'))
  expect(item(phone, id)).toMatchObject({ sending: 'waiting', state: 'void', version: 0 })
  expect(phone.snapshot().sync).toMatchObject({ waiting: 1, changed_in_two_places: 0 })
  world.server.always = null
  await phone.sendNow()
  expect(world.server.open().size).toBe(0)
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0 } })
})

test('what the server never put into effect is closed there when it is deleted', async () => {
  const { world, phone, id } = await keptWithoutEffect('rule:closed_month')
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.remove(id))
  expect(item(phone, id)).toMatchObject({ sending: 'waiting', state: 'void', version: 0 })
  world.server.always = null
  expect(await sentBy(world, () => phone.sendNow())).toMatchObject([{ action: 'void' }])
  expect(world.server.open().size).toBe(0)
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0, needs_a_look: 0 } })
})

test('one that was let go can be brought back while that waits, and is made once', async () => {
  const { world, phone, id } = await keptWithoutEffect('rule:closed_month')
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.remove(id))
  await saved(world, phone.bringBack(id))
  expect(item(phone, id)).toMatchObject({ sending: 'waiting', state: 'active', entry: { minutes: 45 } })
  world.server.always = null
  await phone.sendNow()
  expect(item(phone, id)).toMatchObject({ sending: 'sent', state: 'active', version: 1 })
  expect(world.server.open().size).toBe(0)
})

test('one that only this phone has is let go without a word to the server', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'rejected', reason: 'unreadable', retry: 'never' })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(await sentBy(world, () => phone.remove(draft.id))).toEqual([])
  expect(phone.snapshot().log).toEqual([])
})

test('one of a team that the worker has left is let go on this phone alone', async () => {
  const { world, phone, id } = await keptWithoutEffect('not_member')
  world.server.teams = ['01900000-0000-7000-8000-0000000000ee']
  world.server.scope_version = 2
  await phone.sendNow()
  expect(await sentBy(world, () => phone.remove(id))).toEqual([])
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0, needs_a_look: 0 } })
})

test('deleting one with several conflicts settles each of them', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.always = { path: /./, fault: 'no_network' }
  for (const minutes of [50, 51, 52]) await saved(world, phone.amend(draft.id, { minutes }))
  for (const minutes of [90, 91, 92]) world.server.change(draft.id, { minutes })
  world.server.always = null
  await phone.sendNow()
  expect(world.server.open().size).toBe(3)
  await saved(world, phone.remove(draft.id))
  expect(world.server.open().size).toBe(0)
  expect(item(phone, draft.id)).toMatchObject({ sending: 'sent', state: 'void', version: 5 })
})

test('a conflict that a new attempt was to close, and did not, is closed with the attempt', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  world.server.judge = () => ({ outcome: 'conflict', reason: 'version' })
  await saved(world, phone.choose(id, 'mine'))
  world.server.judge = () => null
  expect(world.server.open().size).toBe(2)
  await saved(world, phone.choose(id, 'theirs'))
  expect(world.server.open().size).toBe(0)
  expect(item(phone, id)).toMatchObject({ sending: 'sent', entry: { minutes: 90 } })
})

test('what is still on its way to a log that is let go is settled once it has arrived', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.amend(draft.id, { place: 'ward' }))
  world.server.judge = ({ action }) =>
    action === 'create'
      ? { outcome: 'conflict', reason: 'rule:closed_month' }
      : { outcome: 'rejected', reason: 'not_stored', retry: 'later' }
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ waiting: 1, needs_a_look: 1 })
  world.server.judge = () => null
  await saved(world, phone.remove(draft.id))
  await world.pass(60_000)
  expect(world.server.open().size).toBe(0)
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0, needs_a_look: 0 } })
})

test('after a restore, what was let go does not come back while it is offered again', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  await saved(world, phone.choose(id, 'theirs'))
  world.server.restore()
  // The epoch is heard of, and nothing can be stored just now.
  world.server.judge = () => ({ outcome: 'rejected', reason: 'not_stored', retry: 'later' })
  await saved(world, phone.save(aOneToOne(phone, { minutes: 12 })))
  // What this phone made of it at first, and not the change that it has let go.
  expect(item(phone, id)).toMatchObject({ sending: 'waiting', entry: { minutes: 45 } })
})

async function outbox(): Promise<unknown[]> {
  const [name] = (await indexedDB.databases())
    .map((each) => each.name ?? '')
    .filter((each) => each.includes('-'))
  const open = indexedDB.open(name ?? '')
  await new Promise((done) => open.addEventListener('success', done))
  const all = open.result.transaction('outbox').objectStore('outbox').getAll()
  await new Promise((done) => all.addEventListener('success', done))
  return all.result
}
