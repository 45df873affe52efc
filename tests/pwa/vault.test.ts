// What rests on the phone is sealed: nobody's words are in the database, and nothing can be put in another's place.
import { expect, test } from 'vitest'
import { dataKey, vault } from '../../pwa/src/data/vault'
import { aOneToOne, rest, saved, World } from './a-phone'
import { TEAM } from './a-server'

const KEY = btoa('k'.repeat(32))

test('nothing that the worker wrote is readable in the outbox, the replica or the drafts', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const words = { note: 'Walked by the river', place: 'street_or_open_space', minutes: 347 }
  await saved(world, phone.addPerson('heron-41', TEAM))
  await saved(world, phone.save(aOneToOne(phone, words)))
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone, words)))
  await phone.keepDraft({ ...aOneToOne(phone, words), questions: ['About the bus pass'] })

  const stores = await everything()
  expect(stores.outbox).toHaveLength(3)
  expect(stores.replica).toHaveLength(2)
  expect(stores.drafts).toHaveLength(1)
  for (const name of ['outbox', 'replica', 'drafts']) {
    const text = (stores[name] ?? []).map(visible).join()
    for (const word of [
      'by the river',
      'street_or_open_space',
      'minutes',
      'heron-41',
      'bus pass',
      'one_to_one',
      '2026-11-20',
    ]) {
      expect(text).not.toContain(word)
    }
  }
})

test('the key cannot be read out of the database by a script', async () => {
  const world = new World()
  await world.signedIn()
  const { meta } = await everything()
  const [{ keys }] = meta as [{ keys: { key: CryptoKey }[] }]
  expect(keys[0]?.key.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('raw', keys[0]?.key as CryptoKey)).rejects.toThrow()
})

test('a sealed body cannot be opened in another place, for another user or on another device', async () => {
  const key = await dataKey(KEY)
  const mine = vault([key], 'sam', 'phone')
  const sealed = await mine.seal('outbox', 'one', { minutes: 45 })
  const copy = structuredClone(sealed)
  expect(await mine.open('outbox', 'one', copy)).toEqual({ minutes: 45 })
  await expect(mine.open('outbox', 'two', copy)).rejects.toThrow()
  await expect(mine.open('drafts', 'one', copy)).rejects.toThrow()
  await expect(vault([key], 'kit', 'phone').open('outbox', 'one', copy)).rejects.toThrow()
  await expect(vault([key], 'sam', 'tablet').open('outbox', 'one', copy)).rejects.toThrow()
})

test('the same words sealed twice do not look the same', async () => {
  const safe = vault([await dataKey(KEY)], 'sam', 'phone')
  const [one, two] = [await safe.seal('outbox', 'x', 'same'), await safe.seal('outbox', 'x', 'same')]
  expect(Buffer.from(one.box).equals(Buffer.from(two.box))).toBe(false)
})

test('a server that gives a new key leaves what was sealed with the old one readable', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  await phone.signOut()
  world.server.always = null
  world.server.key = KEY
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect(world.server.rows.has(draft.id)).toBe(true)
})

async function everything(): Promise<Record<string, unknown[]>> {
  const name =
    (await indexedDB.databases()).map((each) => each.name ?? '').find((each) => each.includes('-')) ?? ''
  const open = indexedDB.open(name)
  await new Promise((done) => open.addEventListener('success', done))
  const found: Record<string, unknown[]> = {}
  for (const store of open.result.objectStoreNames) {
    const all = open.result.transaction(store).objectStore(store).getAll()
    await new Promise((done) => all.addEventListener('success', done))
    found[store] = all.result
  }
  return found
}

/** A row as somebody with the disk sees it: every field, and every byte as a letter. */
function visible(row: unknown): string {
  return JSON.stringify(row, (_, value) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? Buffer.from(value instanceof ArrayBuffer ? value : value.buffer).toString('latin1')
      : value,
  )
}
