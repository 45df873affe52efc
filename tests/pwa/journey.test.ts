// The phone and a server together: what the worker does, what goes wrong, and what is there afterwards.
import { expect, test, vi } from 'vitest'
import { aOneToOne, rest, saved, TODAY, World } from './a-phone'
import { TEAM } from './a-server'

test('an entry saved with signal is on the server and on the phone', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  expect(await saved(world, phone.save(draft))).toEqual({ ok: true, sent: true })
  expect(world.server.rows.get(draft.id)?.row).toMatchObject({ minutes: 45, version: 1, state: 'active' })
  expect(phone.snapshot().log).toMatchObject([{ id: draft.id, sending: 'sent', version: 1 }])
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
})

test('an entry saved without signal waits, survives a cold start, and is sent once when signal is back', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  expect(await saved(world, phone.save(draft))).toEqual({ ok: true, sent: false })
  expect(phone.snapshot().sync).toMatchObject({ phase: 'offline', waiting: 1 })
  phone.close()

  phone = await world.open()
  await rest()
  expect(phone.snapshot().session?.user.name).toBe('Sam')
  expect(phone.snapshot().log).toMatchObject([{ id: draft.id, sending: 'waiting', entry: { minutes: 45 } }])

  world.server.always = null
  await world.signal('online')
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
  expect(world.server.operations.size).toBe(1)
})

test('while somebody looks at what waits, it is sent within five seconds of signal, though no event says so', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone)))
  // Long enough that the next try by itself is minutes away.
  await world.pass(60 * 60_000)
  world.server.always = null
  await world.pass(5_000)
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
})

test('a phone without signal tries again by itself, without any event', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = null
  await world.pass(5 * 60_000)
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
})

test('an answer that is lost makes no second entry', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.faults = ['answer_lost']
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await phone.sendNow()
  expect(world.server.requests.filter(({ path }) => path === '/sync/push')).toHaveLength(2)
  expect(phone.snapshot().sync.waiting).toBe(0)
  expect(world.server.rows.size).toBe(1)
  expect(world.server.rows.get(draft.id)?.row.version).toBe(1)
})

test('a double tap on Save makes one operation and one entry', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  const answers = await saved(world, Promise.all([phone.save(draft), phone.save(draft)]))
  expect(answers).toMatchObject([{ ok: true }, { ok: true }])
  expect(world.server.operations.size).toBe(1)
  expect(phone.snapshot().log).toHaveLength(1)
})

test('a restored form that is saved again with other answers changes the entry it made', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.save({ ...draft, entry: { ...draft.entry, minutes: 60 } }))
  expect(phone.snapshot().log).toMatchObject([
    { id: draft.id, entry: { minutes: 60 }, version: 2, sending: 'sent' },
  ])
})

test('a draft is kept through a cold start, gone once it is saved, and does not come back', async () => {
  const world = new World()
  let phone = await world.signedIn()
  const draft = { ...aOneToOne(phone), questions: ['Ask about the bus pass'] }
  await phone.keepDraft(draft)
  phone.close()
  phone = await world.open()
  await rest()
  expect(phone.snapshot().drafts).toEqual([draft])
  await saved(world, phone.save(draft))
  await phone.keepDraft(draft)
  expect(phone.snapshot().drafts).toEqual([])
  expect(JSON.stringify(world.server.requests)).not.toContain('bus pass')
})

test('a form with something missing is not saved, and says what', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = phone.openDraft('signposting', { details: { kind: 'signposting', items: [] } })
  expect(await phone.save(draft)).toEqual({
    ok: false,
    problem: [
      { code: 'required', field: 'set.minutes' },
      { code: 'required', field: 'set.mode' },
      { code: 'too_short', field: 'set.details.items', limit: 1 },
    ],
  })
  expect(phone.snapshot().log).toEqual([])
})

test('a full phone refuses loudly, keeps the form, and saves it once there is room', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await phone.keepDraft(draft)
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  expect(await saved(world, phone.save(draft))).toEqual({ ok: false, problem: 'storage_full' })
  expect(phone.snapshot()).toMatchObject({ storage: 'full', log: [], drafts: [{ id: draft.id }] })
  add.mockRestore()
  expect(await saved(world, phone.save(draft))).toMatchObject({ ok: true })
  expect(phone.snapshot()).toMatchObject({ storage: 'ok', drafts: [], log: [{ id: draft.id }] })
})

test('a connection to the database that has died is opened again', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const open = IDBDatabase.prototype.transaction
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('the server was killed', 'InvalidStateError')
  })
  expect(await saved(world, phone.save(aOneToOne(phone)))).toEqual({ ok: true, sent: true })
  transaction.mockRestore()
  expect(IDBDatabase.prototype.transaction).toBe(open)
})

test('a database that fails makes the sync wait, and the entry is sent once it works', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = null
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('disk fault', 'DataError')
  })
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'storage_broken', waiting: 1 })
  put.mockRestore()
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
  expect(world.server.operations.size).toBe(1)
})

test('a kill between sealing and commit loses nothing that was acknowledged', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const acknowledged = aOneToOne(phone)
  await saved(world, phone.save(acknowledged))
  const sealed = Promise.withResolvers<void>()
  const encrypt = vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async () => {
    sealed.resolve()
    return new Promise<ArrayBuffer>(() => undefined)
  })
  const lost = aOneToOne(phone, { minutes: 30 })
  let answered = false
  void phone.save(lost).then(() => {
    answered = true
  })
  await sealed.promise
  phone.close()
  encrypt.mockRestore()

  world.server.always = null
  phone = await world.open()
  await rest()
  expect(answered).toBe(false)
  expect(phone.snapshot().log.map(({ id }) => id)).toEqual([acknowledged.id])
  await saved(world, phone.save(lost))
  expect([...world.server.rows.keys()].sort()).toEqual([acknowledged.id, lost.id].sort())
  expect(numbers(world)).toEqual([1, 2])
})

test('undo of an entry that was not sent sends it and then voids it', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.undo(draft.id))
  expect(phone.snapshot().log).toMatchObject([
    { id: draft.id, state: 'void', sending: 'waiting', version: 2 },
  ])
  world.server.always = null
  await phone.sendNow()
  expect(actions(world)).toEqual(['create', 'void'])
  expect(phone.snapshot().log).toMatchObject([{ id: draft.id, state: 'void', sending: 'sent', version: 2 }])
})

test('undo of a change puts the old answers back, and clears those that were not there', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.amend(draft.id, { minutes: 60, place: 'ward', details: { first_meeting: true } }))
  expect(phone.snapshot().log[0]?.entry).toMatchObject({ minutes: 60, details: { first_meeting: true } })
  await saved(world, phone.undo(draft.id))
  const [item] = phone.snapshot().log
  expect(item).toMatchObject({ version: 3, sending: 'sent', entry: { minutes: 45, place: null } })
  expect(item?.entry.details).toEqual({ kind: 'one_to_one' })
})

test('a removed entry stays in the log as void, and can be brought back', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await saved(world, phone.remove(draft.id, 'Logged for the wrong day'))
  expect(phone.snapshot().log).toMatchObject([{ state: 'void', sending: 'sent' }])
  await saved(world, phone.bringBack(draft.id))
  expect(phone.snapshot().log).toMatchObject([{ state: 'active', sending: 'sent', version: 3 }])
})

test('a change that changes nothing is not an operation', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  const same = {
    minutes: 45,
    travel_minutes: 0,
    focus: [],
    note: null,
    details: { kind: 'one_to_one', approach: [] },
  }
  expect(await saved(world, phone.amend(draft.id, same))).toEqual({ ok: true, sent: true })
  expect(world.server.operations.size).toBe(1)
})

test('the same kind, day and length within ten minutes is a possible double; later it is not', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const first = aOneToOne(phone)
  await saved(world, phone.save(first))
  expect(phone.possibleDouble(first)).toBeNull()
  expect(phone.possibleDouble(aOneToOne(phone))?.id).toBe(first.id)
  expect(phone.possibleDouble(aOneToOne(phone, { minutes: 30 }))).toBeNull()
  expect(phone.possibleDouble(aOneToOne(phone, { happened_on: '2026-11-19' }))).toBeNull()
  await world.pass(11 * 60_000)
  expect(phone.possibleDouble(aOneToOne(phone))).toBeNull()
})

test('a person is made once for each code of a team, and an entry may name them at once', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const person = (await saved(world, phone.addPerson(' K7 ', TEAM))) as { id: string }
  expect(await phone.addPerson('K7', TEAM)).toEqual(person)
  expect(phone.snapshot().sync.waiting).toBe(1)
  await saved(world, phone.save(aOneToOne(phone, { person_id: person.id })))
  expect(phone.snapshot().sync.waiting).toBe(1)
  expect(phone.snapshot().persons).toMatchObject([{ person: { code: 'K7' }, sending: 'waiting' }])
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot()).toMatchObject({ sync: { waiting: 0 }, persons: [{ sending: 'sent' }] })
})

test('a code that looks like a name or a number of somebody is refused before it is kept', async () => {
  const world = new World()
  const phone = await world.signedIn()
  expect(await phone.addPerson('Alex Example', TEAM)).toMatchObject({
    problem: { code: 'looks_like_a_name' },
  })
  expect(await phone.addPerson('01/02/1990', TEAM)).toMatchObject({
    problem: { code: 'looks_like_an_identifier' },
  })
  expect(phone.snapshot().persons).toEqual([])
})

test('a session that has ended keeps everything, says so, and sends after signing in again', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.signed_in = false
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', waiting: 1 })
  await world.pass(60 * 60_000)
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', waiting: 1 })
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
  expect(world.server.rows.has(draft.id)).toBe(true)
})

test('a phone that the service has signed out says so until somebody signs in, and keeps everything', async () => {
  const world = new World()
  let phone = await world.signedIn()
  Object.assign(world.server, { signed_in: false, ended: 'device_signed_out' })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', signed_out: true, waiting: 1 })
  phone.close()

  // The app is started again without signal.
  world.server.always = { path: /./, fault: 'no_network' }
  phone = await world.open()
  await rest()
  expect(phone.snapshot()).toMatchObject({ log: [{ id: draft.id }], sync: { signed_out: true, waiting: 1 } })

  world.server.always = null
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', signed_out: false, waiting: 0 })
  expect(world.server.rows.has(draft.id)).toBe(true)
  phone.close()
  world.server.always = { path: /./, fault: 'no_network' }
  phone = await world.open()
  await rest()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'offline', signed_out: false })
})

test('an ended session of an open account is not said to be the work of the service', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.signed_in = false
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', signed_out: false })
})

test('an account that was closed says so, keeps everything, and sends when it is open again', async () => {
  const world = new World()
  const phone = await world.signedIn()
  Object.assign(world.server, { signed_in: false, ended: 'account_closed' })
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'account_closed', signed_out: false, waiting: 1 })
  world.server.ended = 'device_signed_out'
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', signed_out: true, waiting: 1 })
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(world.server.rows.has(draft.id)).toBe(true)
})

test('those who watch are told what is on its way, by hand too', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.always = null
  world.server.holds = /push/
  let seen = phone.snapshot()
  phone.watch(() => {
    seen = phone.snapshot()
  })
  const sent = phone.sendNow()
  await rest()
  expect(seen.sync).toMatchObject({ phase: 'sending', sending: [draft.id] })
  world.server.letGo()
  await sent
  expect(seen.sync).toMatchObject({ phase: 'idle', sending: [], waiting: 0 })
})

test('what is on its way is named while the phone tries again, and the rest waits for signal', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'offline', sending: [] })
  world.server.always = null
  world.server.holds = /push/
  await world.signal('online')
  expect(phone.snapshot().sync).toMatchObject({ phase: 'offline', sending: [draft.id], waiting: 1 })
  world.server.letGo()
  await rest()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', sending: [], waiting: 0 })
})

test('a closed account keeps everything', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /sync/, fault: { status: 403, code: 'not_allowed' } }
  await saved(world, phone.save(aOneToOne(phone)))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'account_closed', waiting: 1 })
})

test('nothing is sent under another user who has signed in on the same phone meanwhile', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.user_id = '01900000-0000-7000-8000-0000000000dd'
  await saved(world, phone.save(aOneToOne(phone)))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'needs_signin', waiting: 1, needs_a_look: 0 })
  expect(world.server.rows.size).toBe(0)
})

test('signing out with unsent work keeps it until the same user is back', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await phone.signOut()
  expect(phone.snapshot()).toMatchObject({ session: null, log: [] })
  world.server.always = null

  const sam = world.server.user_id
  world.server.user_id = '01900000-0000-7000-8000-0000000000dd'
  await phone.signIn('kit', 'a long passphrase')
  await rest()
  expect(phone.snapshot()).toMatchObject({ log: [], sync: { waiting: 0 } })
  expect(world.server.rows.size).toBe(0)

  world.server.user_id = sam
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(world.server.rows.has(draft.id)).toBe(true)
  expect(phone.snapshot().log).toMatchObject([{ id: draft.id, sending: 'sent' }])
})

test('signing out with everything sent leaves no key on the phone, and the session ends later if it has to', async () => {
  const world = new World()
  let phone = await world.signedIn()
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = { path: /./, fault: 'no_network' }
  await phone.signOut()
  expect(world.server.signed_in).toBe(true)
  phone.close()
  world.server.always = null
  phone = await world.open()
  await rest()
  expect(world.server.signed_in).toBe(false)
  expect(phone.snapshot()).toMatchObject({ ready: true, session: null, log: [] })
  const asked = world.server.requests.length
  phone.close()
  phone = await world.open()
  await rest()
  expect(world.server.requests).toHaveLength(asked)

  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(phone.snapshot().log).toHaveLength(1)
})

test('signing in at once after signing out does not end the new session', async () => {
  const world = new World()
  const phone = await world.signedIn()
  void phone.signOut()
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(world.server.signed_in).toBe(true)
  expect(phone.snapshot().session).not.toBeNull()
})

test('a wrong passphrase and a missing network are told apart, and nobody is signed in', async () => {
  const world = new World()
  const phone = await world.open()
  world.server.faults = [{ status: 401, code: 'wrong_login' }]
  expect(await phone.signIn('sam', 'wrong')).toEqual({ ok: false, problem: { code: 'wrong_login' } })
  world.server.faults = ['no_network']
  expect(await phone.signIn('sam', 'right')).toEqual({ ok: false, problem: 'offline' })
  world.server.faults = [{ status: 503, code: 'busy' }]
  expect(await phone.signIn('sam', 'right')).toEqual({ ok: false, problem: 'server_down' })
  expect(phone.snapshot().session).toBeNull()
})

test("a hotspot's page changes nothing", async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'hotspot' }
  await saved(world, phone.save(aOneToOne(phone)))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'offline', waiting: 1 })
})

test('one operation that the server cannot read is set aside with its reason, and the rest is sent', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const drafts = [aOneToOne(phone), aOneToOne(phone, { minutes: 13 }), aOneToOne(phone)]
  for (const draft of drafts) await saved(world, phone.save(draft))
  world.server.judge = (operation) =>
    'set' in operation && (operation.set as { minutes?: number })?.minutes === 13
      ? {
          outcome: 'rejected',
          reason: 'unreadable',
          retry: 'after_update',
          problems: [{ code: 'too_small' }],
        }
      : null
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0, needs_a_look: 1 })
  const item = phone.snapshot().log.find(({ id }) => id === drafts[1]?.id)
  expect(item).toMatchObject({
    sending: 'needs_a_look',
    reason: 'unreadable',
    problems: [{ code: 'too_small' }],
  })

  await world.pass(60 * 60_000)
  expect(phone.snapshot().sync.needs_a_look).toBe(1)
  await saved(world, phone.amend(drafts[1]?.id ?? '', { minutes: 14 }))
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, needs_a_look: 0 })
  expect(world.server.rows.get(drafts[1]?.id ?? '')?.row).toMatchObject({ minutes: 14, version: 1 })

  await saved(world, phone.save(aOneToOne(phone)))
  const push = world.server.requests.filter(({ path }) => path === '/sync/push').at(-1)
  // The one that was refused is still here, so its number is not taken for lost.
  expect(push?.body).toMatchObject({ issued: 5, pending: 2, oldest_pending_at: world.at })
})

test('what an older app could not make readable is tried again by a newer one', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'rejected', reason: 'unreadable', retry: 'after_update' })
  await saved(world, phone.save(aOneToOne(phone)))
  expect(phone.snapshot().sync.needs_a_look).toBe(1)
  phone.close()
  world.server.judge = () => null
  world.app = '2027.1.1'
  phone = await world.open()
  await rest()
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, needs_a_look: 0 })
  expect(world.server.rows.size).toBe(1)
})

test('a batch that the server refuses as a whole is halved until only the guilty one is left', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  for (let minutes = 1; minutes <= 9; minutes += 1)
    await saved(world, phone.save(aOneToOne(phone, { minutes })))
  world.server.always = null
  world.server.refuses = ({ operations }) =>
    operations.some((operation) => (operation.set as { minutes: number }).minutes === 6)
      ? { status: 422, code: 'unreadable' }
      : null
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0, needs_a_look: 1 })
  expect(world.server.rows.size).toBe(8)
})

test('an operation that is to come again later waits, and does not hold up the others', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const [later, other] = [aOneToOne(phone), aOneToOne(phone)]
  await saved(world, phone.save(later))
  await saved(world, phone.amend(later.id, { minutes: 50 }))
  await saved(world, phone.save(other))
  let refuse = true
  world.server.judge = (operation) =>
    refuse && operation.thing_id === later.id
      ? { outcome: 'rejected', reason: 'schema_newer', retry: 'later' }
      : null
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot().sync).toMatchObject({ waiting: 1, needs_a_look: 0 })
  expect(world.server.rows.has(other.id)).toBe(true)
  refuse = false
  await world.pass(10 * 60_000)
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
  expect(world.server.rows.get(later.id)?.row).toMatchObject({ minutes: 50, version: 2 })
})

test('pages are read to the end, and a cold start goes on from there', async () => {
  const world = new World()
  const phone = await world.signedIn()
  for (let minutes = 1; minutes <= 7; minutes += 1)
    await saved(world, phone.save(aOneToOne(phone, { minutes })))
  await phone.signOut()
  world.server.most_rows = 2
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(phone.snapshot().log).toHaveLength(7)
  const before = world.server.requests.length
  await phone.sendNow()
  const [pull] = world.server.requests.slice(before)
  expect(pull).toMatchObject({ path: '/sync/pull', body: { cursors: { [TEAM]: '1.7' } } })
})

test('a restored server is offered again what it had acknowledged', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const drafts = [aOneToOne(phone), aOneToOne(phone)]
  for (const draft of drafts) await saved(world, phone.save(draft))
  await saved(world, phone.amend(drafts[0]?.id ?? '', { minutes: 20 }))
  world.server.restore()
  await phone.sendNow()
  expect([...world.server.rows.values()].map(({ row }) => row)).toMatchObject([
    { minutes: 20, version: 2 },
    { minutes: 45, version: 1 },
  ])
  expect(phone.snapshot().sync).toMatchObject({ phase: 'idle', waiting: 0 })
  expect(phone.snapshot().log).toMatchObject([{ sending: 'sent' }, { sending: 'sent' }])
})

test('an answer of an older incarnation of the server is not listened to', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.epoch = 2
  await phone.sendNow()
  world.server.epoch = 1
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  expect(phone.snapshot().sync).toMatchObject({ phase: 'server_down', waiting: 1 })
})

test('a team that the worker has left goes from the log; what was not sent to it stays', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const sent = aOneToOne(phone)
  await saved(world, phone.save(sent))
  world.server.always = { path: /./, fault: 'no_network' }
  const unsent = aOneToOne(phone)
  await saved(world, phone.save(unsent))
  world.server.teams = ['01900000-0000-7000-8000-0000000000ee']
  world.server.scope_version = 2
  world.server.judge = () => ({ outcome: 'conflict', reason: 'not_member' })
  world.server.always = null
  await phone.sendNow()
  expect(phone.snapshot().log).toMatchObject([
    { id: unsent.id, sending: 'needs_a_look', reason: 'not_member' },
  ])
  expect(phone.snapshot().session?.memberships).toMatchObject([{ team_id: world.server.teams[0] }])
})

test('two tabs see the same, and another tab that is sending is left to it', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  world.free_turn = false
  const draft = aOneToOne(one)
  await saved(world, one.save(draft))
  expect(two.snapshot().log).toMatchObject([{ id: draft.id, sending: 'waiting' }])
  expect(one.snapshot().sync.waiting).toBe(1)
  world.free_turn = true
  await world.pass(30_000)
  expect(one.snapshot().sync.waiting).toBe(0)
  expect(two.snapshot().log).toMatchObject([{ id: draft.id, sending: 'sent' }])
  await two.signOut()
  await rest()
  expect(one.snapshot().session).toBeNull()
})

test('a browser without a database is told as such, and nothing pretends to be saved', async () => {
  const world = new World()
  globalThis.indexedDB.open = () => {
    throw new DOMException('private window', 'SecurityError')
  }
  const phone = await world.open()
  expect(phone.snapshot()).toMatchObject({ ready: true, session: null, storage: 'unavailable' })
  expect(await phone.signIn('sam', 'a long passphrase')).toMatchObject({ ok: false })
})

test('the envelope says how much this phone has made and how much only it has', async () => {
  const world = new World()
  const phone = await world.signedIn()
  await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = { path: /./, fault: 'no_network' }
  const since = world.at
  for (let count = 0; count < 2; count += 1) await saved(world, phone.save(aOneToOne(phone)))
  world.server.always = null
  await phone.sendNow()
  const push = world.server.requests.filter(({ path }) => path === '/sync/push').at(-1)
  expect(push?.body).toMatchObject({
    issued: 3,
    pending: 2,
    oldest_pending_at: since,
    epoch: 1,
    app: '2026.12.1',
  })
  expect(phone.snapshot().log[0]?.entry.happened_on).toBe(TODAY)
})

function actions(world: World): string[] {
  return [...world.server.operations.values()].map(({ body }) => JSON.parse(body).action)
}

function numbers(world: World): number[] {
  return [...world.server.operations.values()].map(({ body }) => JSON.parse(body).n)
}
