// Reflections on the phone: saved before anything is sent, sealed for their author alone, and never lost.
import { expect, test } from 'vitest'
import type { Phone } from '../../pwa/src/data/phone'
import type { ReflectionDraft } from '../../pwa/src/data/reflections'
import { dataKey, roomFor, vault } from '../../pwa/src/data/vault'
import { aOneToOne, saved, TODAY, World } from './a-phone'

const WORDS = 'I listened more than I spoke, and that was right.'
const NO_SIGNAL = { path: /./, fault: 'no_network' } as const

function written(phone: Phone, text = WORDS, more: Partial<ReflectionDraft> = {}): ReflectionDraft {
  return { ...phone.portfolio.open(), text, ...more }
}

async function oneThatIsSent(text = WORDS) {
  const world = new World()
  const phone = await world.signedIn()
  const draft = written(phone, text)
  await saved(world, phone.portfolio.save(draft))
  return { world, phone, id: draft.id }
}

const all = (phone: Phone) => phone.snapshot().portfolio.reflections
const pushed = (world: World) =>
  world.server.requests
    .filter(({ path }) => path === '/sync/push')
    .flatMap(({ body }) => (body as { operations: { id: string; thing: string; set: object }[] }).operations)

/** A second phone of the same worker: its own storage, the same server. */
async function otherPhone(world: World): Promise<Phone> {
  world.evict()
  world.server.key = btoa('another key for another phone!!!')
  return world.signedIn()
}

/** Another phone of the same worker writes other words over it. */
async function changeElsewhere(world: World, id: string, text: string, more: object = {}) {
  const safe = vault([], world.server.user_id, 'tablet', [await dataKey(world.server.own_key)])
  world.server.change(id, { sealed: await safe.sealOwn(id, text), ...more })
}

async function changedInTwoPlaces(elsewhere: object = {}) {
  const { world, phone, id } = await oneThatIsSent()
  await changeElsewhere(world, id, 'Theirs.', elsewhere)
  const draft = phone.portfolio.change(id) as ReflectionDraft
  await saved(world, phone.portfolio.save({ ...draft, text: 'Mine.' }))
  return { world, phone, id }
}

async function rowsOf(store: string): Promise<unknown[]> {
  const name = (await indexedDB.databases()).find((each) => each.name?.startsWith('alongside-'))?.name ?? ''
  const db: IDBDatabase = await new Promise((done) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => done(opening.result)
  })
  const all: IDBRequest<unknown[]> = db.transaction(store).objectStore(store).getAll()
  await new Promise((done) => {
    all.onsuccess = done
  })
  db.close()
  return all.result
}

const readable = (value: unknown) =>
  JSON.stringify(value, (_, inner) => {
    if (inner instanceof ArrayBuffer) return new TextDecoder().decode(inner)
    return inner instanceof Uint8Array ? new TextDecoder().decode(inner) : inner
  })

test('a reflection is there at once without signal, survives a kill, and is sent when there is signal', async () => {
  const world = new World()
  let phone = await world.signedIn()
  world.server.always = NO_SIGNAL
  expect(await saved(world, phone.portfolio.save(written(phone)))).toEqual({ ok: true, sent: false })
  expect(phone.snapshot().sync.waiting).toBe(1)
  phone.close()
  phone = await world.open()
  expect(all(phone)).toMatchObject([{ text: WORDS, kept_on: TODAY, sending: 'waiting', state: 'active' }])
  world.server.always = null
  await phone.sendNow()
  expect(all(phone)).toMatchObject([{ text: WORDS, sending: 'sent', version: 1 }])
  expect(phone.snapshot().sync.waiting).toBe(0)
})

test('the server is sent nothing that can be read', async () => {
  const { world, phone, id } = await oneThatIsSent()
  await saved(world, phone.portfolio.remove(id))
  expect(readable(world.server.requests)).not.toContain('listened')
  const sealed = pushed(world).flatMap(({ set }) => (set && 'sealed' in set ? [String(set.sealed)] : []))
  expect(sealed).toHaveLength(1)
  for (const one of sealed) expect(atob(one)).not.toContain('listened')
  for (const { set } of pushed(world)) expect(Object.keys(set ?? {}).sort()).not.toContain('text')
  expect(world.server.rows.get(id)?.row).toMatchObject({ thing: 'reflection', kept_on: TODAY, state: 'void' })
})

test('nothing that rests on the phone can be read without a key, drafts included', async () => {
  const { phone } = await oneThatIsSent()
  await phone.portfolio.keepDraft(written(phone, 'I listened again.'))
  for (const store of ['outbox', 'replica', 'drafts', 'conflicts']) {
    expect(readable(await rowsOf(store)), store).not.toContain('listened')
  }
  expect(await rowsOf('drafts')).toHaveLength(1)
})

test('the second phone of the same worker reads it', async () => {
  const { world, phone, id } = await oneThatIsSent()
  phone.close()
  const other = await otherPhone(world)
  expect(all(other)).toMatchObject([{ id, text: WORDS, sending: 'sent' }])
})

test('a phone that is given another key shows that it cannot open the words, and loses none', async () => {
  const { world, phone, id } = await oneThatIsSent()
  phone.close()
  world.server.own_key = btoa('another key for another user!!!!')
  const other = await otherPhone(world)
  expect(all(other)).toMatchObject([{ id, text: null, sending: 'sent' }])
  expect(other.portfolio.change(id)).toBeNull()
})

test('what is sealed for its author opens for nobody else, and under no other id', async () => {
  const own = [await dataKey(new World().server.own_key)]
  const sam = vault([], 'sam', 'phone', own)
  const sealed = await sam.sealOwn('one', WORDS)
  expect(await vault([], 'sam', 'tablet', own).openOwn('one', sealed)).toBe(WORDS)
  await expect(vault([], 'kit', 'phone', own).openOwn('one', sealed)).rejects.toThrow()
  await expect(sam.openOwn('two', sealed)).rejects.toThrow()
  await expect(vault(own, 'sam', 'phone').openOwn('one', sealed)).rejects.toThrow()
  await expect(vault(own, 'sam', 'phone').sealOwn('one', WORDS)).rejects.toThrow()
})

test('the words as long as they may be are what the server takes, in every script', async () => {
  const safe = vault([], 'sam', 'phone', [await dataKey(new World().server.own_key)])
  for (const letter of ['a', 'é', '語', '👋']) {
    const many = letter.repeat(Math.floor(8_000 / new TextEncoder().encode(letter).length))
    expect(roomFor(many)).toBeGreaterThanOrEqual(0)
    expect((await safe.sealOwn('one', many)).length).toBeLessThanOrEqual(10_924)
    expect(roomFor(many + letter)).toBeLessThan(0)
  }
})

test('one that says nothing or too much is not saved, and says why', async () => {
  const phone = await new World().signedIn()
  for (const [text, code] of [
    ['', 'required'],
    ['  \n', 'required'],
    ['x'.repeat(8_001), 'too_long'],
  ] as const) {
    expect(await phone.portfolio.save(written(phone, text))).toMatchObject({ ok: false, problem: [{ code }] })
  }
  expect(await rowsOf('outbox')).toEqual([])
})

test('a draft survives a kill and is gone once it is saved', async () => {
  const world = new World()
  let phone = await world.signedIn()
  const draft = written(phone, 'Half a thought')
  await phone.portfolio.keepDraft(draft)
  phone.close()
  phone = await world.open()
  expect(phone.snapshot().portfolio.drafts).toEqual([draft])
  expect(phone.snapshot().drafts).toEqual([])
  await saved(world, phone.portfolio.save({ ...draft, text: 'A whole thought' }))
  // A form that writes itself down may be late.
  await phone.portfolio.keepDraft(draft)
  expect(phone.snapshot().portfolio).toMatchObject({ drafts: [], reflections: [{ text: 'A whole thought' }] })
})

test('what another phone wrote while a change lay half done is not written over: both are kept', async () => {
  const { world, phone, id } = await oneThatIsSent()
  const draft = phone.portfolio.change(id) as ReflectionDraft
  await phone.portfolio.keepDraft(draft)
  await changeElsewhere(world, id, 'Theirs.')
  await phone.sendNow()
  expect(all(phone)).toMatchObject([{ text: 'Theirs.', version: 2 }])
  await saved(world, phone.portfolio.save({ ...draft, text: 'Mine.' }))
  expect(all(phone)).toMatchObject([{ text: 'Mine.', theirs: { text: 'Theirs.' } }])
})

test('the same form saved twice is one reflection, and the same change one change', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = written(phone)
  await Promise.all([saved(world, phone.portfolio.save(draft)), phone.portfolio.save(draft)])
  await saved(world, phone.portfolio.save(draft))
  const change = { ...(phone.portfolio.change(draft.id) as ReflectionDraft), text: 'Better words.' }
  await Promise.all([saved(world, phone.portfolio.save(change)), phone.portfolio.save(change)])
  await saved(world, phone.portfolio.save(change))
  expect(all(phone)).toMatchObject([{ text: 'Better words.', version: 2 }])
  expect(pushed(world)).toHaveLength(2)
})

test('a change begins with the words that are there, and sends only what is new', async () => {
  const { world, phone, id } = await oneThatIsSent()
  const entry = aOneToOne(phone)
  await saved(world, phone.save(entry))
  const draft = phone.portfolio.change(id) as ReflectionDraft
  expect(draft).toMatchObject({ id, text: WORDS, entry_id: null })
  await saved(world, phone.portfolio.save({ ...draft, entry_id: entry.id }))
  expect(pushed(world).at(-1)?.set).toEqual({ entry_id: entry.id })
  const again = phone.portfolio.change(id) as ReflectionDraft
  await saved(world, phone.portfolio.save({ ...again, entry_id: null }))
  expect(all(phone)).toMatchObject([{ entry_id: null, text: WORDS, version: 3 }])
})

test('a form in which nothing was changed leaves no draft and no operation behind', async () => {
  const { world, phone, id } = await oneThatIsSent()
  const draft = phone.portfolio.change(id) as ReflectionDraft
  await phone.portfolio.keepDraft(draft)
  expect(await saved(world, phone.portfolio.save(draft))).toMatchObject({ ok: true })
  expect(phone.snapshot().portfolio.drafts).toEqual([])
  expect(pushed(world)).toHaveLength(1)
})

test('one that is deleted can be brought back, with and without signal', async () => {
  const { world, phone, id } = await oneThatIsSent()
  world.server.always = NO_SIGNAL
  await saved(world, phone.portfolio.remove(id))
  expect(all(phone)).toMatchObject([{ state: 'void', sending: 'waiting' }])
  await saved(world, phone.portfolio.bringBack(id))
  world.server.always = null
  await phone.sendNow()
  expect(all(phone)).toMatchObject([{ state: 'active', text: WORDS, sending: 'sent', version: 3 }])
})

test('a reflection belongs to no log, whatever is counted there', async () => {
  const { phone } = await oneThatIsSent()
  expect(phone.snapshot()).toMatchObject({ log: [], persons: [], copies: [], drafts: [], decisions: [] })
})

test('both texts of one that was changed in two places are shown, and neither is lost', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  expect(all(phone)).toMatchObject([
    { text: 'Mine.', sending: 'changed_in_two_places', theirs: { text: 'Theirs.', state: 'active' } },
  ])
  expect(phone.snapshot().sync).toMatchObject({ waiting: 0, changed_in_two_places: 1 })
  await saved(world, phone.portfolio.choose(id, 'mine'))
  expect(all(phone)).toMatchObject([{ text: 'Mine.', sending: 'sent', theirs: null, version: 3 }])
  const [copy] = phone.snapshot().portfolio.copies
  expect(copy).toMatchObject({ reflection_id: id, text: 'Theirs.' })
  await saved(world, phone.portfolio.useCopy(copy?.id ?? ''))
  expect(all(phone)).toMatchObject([{ text: 'Theirs.', sending: 'sent', version: 4 }])
  expect(phone.snapshot().portfolio.copies).toMatchObject([{ text: 'Mine.' }])
  expect(world.server.closed.size).toBe(1)
})

test('choosing theirs closes the matter and keeps mine to be used after all', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  await saved(world, phone.portfolio.choose(id, 'theirs'))
  expect(all(phone)).toMatchObject([{ text: 'Theirs.', sending: 'sent', version: 2 }])
  expect(phone.snapshot().portfolio.copies).toMatchObject([{ text: 'Mine.' }])
  expect(world.server.closed.size).toBe(1)
})

test('one that was deleted elsewhere meanwhile can be kept', async () => {
  const { world, phone, id } = await changedInTwoPlaces({ state: 'void' })
  expect(all(phone)).toMatchObject([{ reason: 'entry_void', theirs: { state: 'void' } }])
  await saved(world, phone.portfolio.choose(id, 'mine'))
  expect(all(phone)).toMatchObject([{ text: 'Mine.', state: 'active', sending: 'sent' }])
})

test('a matter that was made on the other phone can be read and settled here', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  phone.close()
  const other = await otherPhone(world)
  expect(all(other)).toMatchObject([
    { text: 'Mine.', sending: 'changed_in_two_places', theirs: { text: 'Theirs.' } },
  ])
  await saved(world, other.portfolio.choose(id, 'mine'))
  expect(all(other)).toMatchObject([{ text: 'Mine.', sending: 'sent' }])
})

test('one that the server refuses stays on the phone, is counted, and goes when it is saved again', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.judge = () => ({ outcome: 'rejected', reason: 'unreadable', retry: 'never' })
  const draft = written(phone)
  await saved(world, phone.portfolio.save(draft))
  expect(all(phone)).toMatchObject([{ text: WORDS, sending: 'needs_a_look', reason: 'unreadable' }])
  expect(phone.snapshot().sync.needs_a_look).toBe(1)
  world.server.judge = () => null
  const again = phone.portfolio.change(draft.id) as ReflectionDraft
  await saved(world, phone.portfolio.save({ ...again, text: `${WORDS} Still.` }))
  expect(all(phone)).toMatchObject([{ text: `${WORDS} Still.`, sending: 'sent', version: 1 }])
})

test('after a restore of the server it is offered again', async () => {
  const { world, phone, id } = await oneThatIsSent()
  world.server.restore()
  await phone.sendNow()
  await world.pass(60_000)
  expect(world.server.rows.get(id)?.row).toMatchObject({ thing: 'reflection', version: 1 })
  expect(all(phone)).toMatchObject([{ text: WORDS, sending: 'sent' }])
})

test('signing out takes the key of the user away, and signing in brings the words back', async () => {
  const { world, phone } = await oneThatIsSent()
  await phone.signOut()
  expect(await rowsOf('meta')).toMatchObject([{ keys: [], own_keys: [] }])
  await world.pass(1_000)
  expect(all(await world.signedIn())).toMatchObject([{ text: WORDS }])
})

test('signing out with a reflection that waits keeps the key that opens it', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = NO_SIGNAL
  await saved(world, phone.portfolio.save(written(phone)))
  await phone.signOut()
  expect(await rowsOf('meta')).toMatchObject([{ own_keys: [{}] }])
  world.server.always = null
  await world.pass(1_000)
  const again = await world.signedIn()
  await again.sendNow()
  expect(all(again)).toMatchObject([{ text: WORDS, sending: 'sent' }])
})
