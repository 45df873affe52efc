// What the browser does to the storage of the app, and what the worker is told: cleared, none at all, full.
import { expect, test, vi } from 'vitest'
import { aOneToOne, rest, saved, World } from './a-phone'

test('a browser that has cleared the storage and kept the cookie is noticed at the next start', async () => {
  const world = new World()
  let phone = await world.signedIn()
  await saved(world, phone.save(aOneToOne(phone)))
  phone.close()
  world.evict()
  phone = await world.open()
  await rest()
  expect(phone.snapshot()).toMatchObject({ ready: true, session: null, cleared: true, log: [] })

  // It is said until somebody signs in, also at the next start.
  phone.close()
  phone = await world.open()
  await rest()
  expect(phone.snapshot().cleared).toBe(true)
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(phone.snapshot()).toMatchObject({ cleared: false, log: [{ sending: 'sent' }] })
})

test('it is noticed later, if there is no signal at that start', async () => {
  const world = new World()
  let phone = await world.signedIn()
  phone.close()
  world.evict()
  world.server.always = { path: /./, fault: 'no_network' }
  phone = await world.open()
  await rest()
  expect(phone.snapshot().cleared).toBe(false)
  phone.close()
  world.server.always = null
  phone = await world.open()
  await rest()
  expect(phone.snapshot().cleared).toBe(true)
})

test('a new phone is not told so, and the server is asked once', async () => {
  const world = new World()
  let phone = await world.open()
  await rest()
  expect(phone.snapshot().cleared).toBe(false)
  phone.close()
  phone = await world.open()
  await rest()
  expect(world.server.requests.map(({ path }) => path)).toEqual(['/session'])
})

test('a user whose own part of the storage is gone is told so too', async () => {
  const world = new World()
  let phone = await world.signedIn()
  const user = phone.snapshot().session?.user.id
  phone.close()
  await new Promise((done) => {
    indexedDB.deleteDatabase(`alongside-${user}`).addEventListener('success', done)
  })
  phone = await world.open()
  await rest()
  expect(phone.snapshot()).toMatchObject({ session: null, cleared: true })
})

test('somebody who signed out is not told that the storage was cleared', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await phone.signOut()
  phone.close()
  world.server.always = null
  phone = await world.open()
  await rest()
  expect(phone.snapshot()).toMatchObject({ session: null, cleared: false })
})

test.each([
  ['opening is refused', () => Promise.reject(new DOMException('private window', 'SecurityError'))],
  ['opening fails', () => Promise.reject(new DOMException('private window', 'InvalidStateError'))],
  ['there is no room at all', () => Promise.reject(new DOMException('no room', 'QuotaExceededError'))],
] as const)(
  'a browser that cannot keep a log is told as such before anything can be logged: %s',
  async (_, fail) => {
    const world = new World()
    let reason: unknown
    await fail().catch((error) => {
      reason = error
    })
    globalThis.indexedDB.open = () => {
      throw reason
    }
    const phone = await world.open()
    expect(phone.snapshot()).toMatchObject({ ready: true, session: null, storage: 'unavailable' })
  },
)

test('a browser without any database is told as such', async () => {
  const world = new World()
  const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  Reflect.deleteProperty(globalThis, 'indexedDB')
  const phone = await world.open()
  expect(phone.snapshot()).toMatchObject({ session: null, storage: 'unavailable' })
  complained.mockRestore()
})

test('a browser that lets read and not write is told as such before anything can be logged', async () => {
  const world = new World()
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('private window', 'QuotaExceededError')
  })
  const phone = await world.open()
  expect(phone.snapshot()).toMatchObject({ session: null, storage: 'unavailable' })
  put.mockRestore()
})

test('a phone that becomes full while it syncs says so, and goes on once there is room', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = null
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  await phone.sendNow()
  expect(phone.snapshot()).toMatchObject({ storage: 'full', sync: { phase: 'storage_broken', waiting: 1 } })
  put.mockRestore()
  await phone.sendNow()
  await rest()
  expect(phone.snapshot()).toMatchObject({ storage: 'ok', sync: { phase: 'idle', waiting: 0 } })
})

test('a storage that is cleared under an open app refuses to save, and keeps the form', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const user = phone.snapshot().session?.user.id
  await new Promise((done) => {
    indexedDB.deleteDatabase(`alongside-${user}`).addEventListener('success', done)
  })
  expect(await saved(world, phone.save(aOneToOne(phone)))).toEqual({ ok: false, problem: 'storage_broken' })
  complained.mockRestore()
})
