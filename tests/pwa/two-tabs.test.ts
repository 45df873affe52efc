// Several tabs on one phone: one may hear of a restored server, or sign somebody else in, while another is waiting
// for an answer.
import { expect, test, vi } from 'vitest'
import { whoDatabase } from '../../pwa/src/data/db'
import type { Session } from '../../pwa/src/data/phone'
import { userStore } from '../../pwa/src/data/store'
import { aOneToOne, rest, saved, TEN, World } from './a-phone'
import { SAM, SERVICE } from './a-server'

const KIT = '01900000-0000-7000-8000-0000000000dd'

test('a late answer of the server as it was before its restore settles nothing that another tab offers again', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  world.server.holds = /push/
  const draft = aOneToOne(one)
  const saving = saved(world, one.save(draft))
  await rest()
  expect(world.server.operations.size).toBe(1)
  world.server.restore()
  // The other tab hears of the restore, and cannot send the operation just now.
  world.server.judge = () => ({ outcome: 'rejected', reason: 'not_stored', retry: 'later' })
  await two.sendNow()
  world.server.judge = () => null
  world.server.letGo()
  await saving
  await rest()
  await world.pass(10 * 60_000)
  expect(world.server.rows.has(draft.id)).toBe(true)
  expect(one.snapshot().log).toMatchObject([{ id: draft.id, sending: 'sent' }])
})

test('a tab that is told by its database that it is behind catches up, and does not ask for ever', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  for (const minutes of [1, 2, 3]) await saved(world, one.save(aOneToOne(one, { minutes })))
  world.server.change(one.snapshot().log[0]?.id ?? '', { minutes: 7 })
  world.server.change(one.snapshot().log[1]?.id ?? '', { minutes: 8 })
  world.deaf = true
  world.server.most_rows = 1
  world.server.holds = /pull/
  const sending = one.sendNow()
  await rest()
  world.server.epoch = 2
  await two.sendNow()
  // What answers now is the server as it was before, such as one that was not switched off.
  world.server.epoch = 1
  world.server.letGo()
  await sending
  expect(one.snapshot().sync.phase).toBe('server_down')
  world.server.epoch = 2
  await one.sendNow()
  expect(one.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
})

test('a tab goes on where another has heard of a restore that took the teams back to an older state', async () => {
  const world = new World()
  world.server.scope_version = 5
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  world.server.restore()
  world.server.scope_version = 3
  await one.sendNow()
  await two.sendNow()
  expect(two.snapshot().sync.phase).toBe('idle')
})

test('a conflict that another tab hears of while the list of open ones is on its way is not taken for settled', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  const draft = aOneToOne(one)
  await saved(world, one.save(draft))
  world.server.change(draft.id, { minutes: 90 })
  world.server.holds = /pull/
  const sending = one.sendNow()
  await rest()
  // The phone's clock is set back meanwhile, as clocks are.
  world.at -= 60 * 60_000
  await saved(world, two.amend(draft.id, { minutes: 50 }))
  world.server.letGo()
  await sending
  for (const tab of [one, two]) expect(tab.snapshot().sync.changed_in_two_places).toBe(1)
})

test('an operation is settled at the time of the server, whatever the clock of the phone says', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.now = () => TEN + 5
  world.at += 30 * 24 * 60 * 60_000
  await saved(world, phone.save(aOneToOne(phone, { happened_on: '2026-11-20' })))
  const store = userStore(SAM)
  expect((await store.everything()).outbox).toMatchObject([{ standing: { settled_at: TEN + 5 } }])
  expect(await store.meta()).toMatchObject({ heard_at: TEN + 5 })
  store.close()
})

test('a phone that could not write down a new epoch begins with it the next time', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.restore()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('disk fault', 'DataError')
  })
  await phone.sendNow()
  put.mockRestore()
  await phone.sendNow()
  expect(world.server.rows.has(draft.id)).toBe(true)
})

test('what is settled is offered again after a restore, however far the clock of the phone has leapt', async () => {
  const world = new World()
  let phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  phone.close()
  world.server.now = () => TEN
  world.at += 2 * 365 * 24 * 60 * 60_000
  phone = await world.open()
  await rest()
  world.server.restore()
  await phone.sendNow()
  expect(world.server.rows.has(draft.id)).toBe(true)
})

test('what was pulled in the session of another user is not kept, and the phone asks to sign in', async () => {
  const world = new World()
  const phone = await world.signedIn()
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.user_id = KIT
  world.server.change(phone.snapshot().log[0]?.id ?? '', { minutes: 7 })
  await phone.sendNow()
  expect(phone.snapshot().log).toMatchObject([{ entry: { minutes: 45 } }])
  expect(phone.snapshot().sync.phase).toBe('needs_signin')

  // Nor is this phone's device bound to that session by trying again.
  const asked = world.server.requests.length
  await phone.sendNow()
  expect(world.server.requests.slice(asked).map(({ path }) => path)).toEqual(['/session'])
  expect(phone.snapshot().sync.phase).toBe('needs_signin')

  world.server.user_id = SAM
  await phone.sendNow()
  expect(phone.snapshot()).toMatchObject({ log: [{ entry: { minutes: 7 } }], sync: { phase: 'idle' } })
})

test('the key of a user whom another tab signs in meanwhile never seals what is ours', async () => {
  const world = new World()
  const phone = await world.open()
  world.server.holds = /devices/
  const signing = phone.signIn('sam', 'a long passphrase')
  await rest()
  world.server.user_id = KIT
  world.server.letGo()
  expect(await signing).toEqual({ ok: false, problem: { code: 'not_signed_in' } })
  expect(phone.snapshot().session).toBeNull()
  const names = (await indexedDB.databases()).map(({ name }) => name)
  for (const name of names.filter((each) => each?.endsWith(SAM))) expect(await keysIn(name ?? '')).toEqual([])
})

test('the key of another user is not taken though the own session is back at a second look', async () => {
  const world = new World()
  const phone = await world.open()
  world.server.binds = KIT
  expect(await phone.signIn('sam', 'a long passphrase')).toEqual({
    ok: false,
    problem: { code: 'not_signed_in' },
  })
  expect(phone.snapshot().session).toBeNull()
  expect(await keysIn(`alongside-${SAM}`)).toEqual([])
})

test('a device that was bound in the session of another user is not taken for bound', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.signed_in = false
  await phone.sendNow()
  Object.assign(world.server, { signed_in: true, binds: KIT })
  await phone.sendNow()
  expect(phone.snapshot().sync.phase).toBe('needs_signin')
  world.server.binds = null
  await phone.sendNow()
  expect(phone.snapshot().sync.phase).toBe('idle')
})

test('a session that is another user’s when it is looked at again asks to sign in', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.scope_version += 1
  world.server.holds = /pull/
  const sending = phone.sendNow()
  await rest()
  world.server.user_id = KIT
  world.server.letGo()
  await sending
  expect(phone.snapshot()).toMatchObject({ session: { user: { id: SAM } }, sync: { phase: 'needs_signin' } })
})

test('who is signed in on the phone is not overwritten by what an older tab learns of its own user', async () => {
  new World()
  const who = whoDatabase()
  const session = (id: string, name: string) => ({ user: { id, name, login: name } }) as Session
  await who.keep({ session: session(KIT, 'kit') })
  await who.refresh({ session: session(SAM, 'sam') })
  expect((await who.signedIn())?.session.user.name).toBe('kit')
  await who.refresh({ session: session(KIT, 'Kit M') })
  expect((await who.signedIn())?.session.user.name).toBe('Kit M')
  await who.forget()
  await who.refresh({ session: session(KIT, 'Kit M') })
  expect(await who.signedIn()).toBeNull()
})

test('the settings of another service are not kept', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.service_id = KIT
  expect(await phone.service()).toEqual({ ok: false, problem: { code: 'not_signed_in' } })
  expect(phone.snapshot().session?.service).toMatchObject({ id: SERVICE, name: 'Peers' })
  world.server.service_id = SERVICE
  expect(await phone.service()).toMatchObject({ ok: true })
  expect(phone.snapshot().session?.service.name).toBe('Theirs')
})

test('figures that were read for one user are not shown to the next', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.holds = /volumes/
  const reading = phone.volumes({} as never)
  await rest()
  world.server.user_id = KIT
  await phone.signIn('kit', 'a long passphrase')
  world.server.letGo()
  expect(await reading).toEqual({ ok: false, problem: { code: 'not_signed_in' } })
})

test('what is saved while the tab reads what another one has changed is not forgotten', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  world.server.always = { path: /./, fault: 'no_network' }
  const slow = Promise.withResolvers<void>()
  const real = crypto.subtle.decrypt.bind(crypto.subtle)
  const decrypt = vi.spyOn(crypto.subtle, 'decrypt').mockImplementation(async (...args) => {
    await slow.promise
    return real(...args)
  })
  const [theirs, mine] = [aOneToOne(two), aOneToOne(one)]
  const saving = [two.save(theirs)]
  await rest()
  saving.push(one.save(mine))
  await rest()
  slow.resolve()
  await saved(world, Promise.all(saving))
  decrypt.mockRestore()
  for (const tab of [one, two]) {
    expect(
      tab
        .snapshot()
        .log.map(({ id }) => id)
        .sort(),
    ).toEqual([theirs.id, mine.id].sort())
  }
})

test('two changes at the same moment are both remembered', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const drafts = [1, 2, 3, 4].map((minutes) => aOneToOne(phone, { minutes }))
  await saved(world, Promise.all(drafts.map((draft) => phone.save(draft))))
  expect(
    phone
      .snapshot()
      .log.map(({ id }) => id)
      .sort(),
  ).toEqual(drafts.map(({ id }) => id).sort())
})

async function keysIn(name: string): Promise<unknown[]> {
  const open = indexedDB.open(name)
  await new Promise((done) => open.addEventListener('success', done))
  const all = open.result.transaction('meta').objectStore('meta').getAll()
  await new Promise((done) => all.addEventListener('success', done))
  return (all.result as { keys: unknown[] }[]).flatMap(({ keys }) => keys)
}

test('a tab that is looked at takes the turn from a frozen one after a minute, and not before', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.free_turn = false
  world.frozen = true
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await world.pass(50_000)
  expect(world.server.operations.size).toBe(0)
  await world.pass(60_000)
  expect(world.server.rows.has(draft.id)).toBe(true)
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
})

test('a turn is taken from a frozen tab even where the clock was put back an hour', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.free_turn = false
  world.frozen = true
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.putBack(3_600_000)
  await world.pass(120_000)
  expect(world.server.rows.has(draft.id)).toBe(true)
})
