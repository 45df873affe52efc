// A form that is written down while other things happen: it is kept as it was last, and does not come back.
import { afterEach, expect, test, vi } from 'vitest'
import { dataKey, vault } from '../../pwa/src/data/vault'
import { aOneToOne, rest, saved, World } from './a-phone'

afterEach(() => {
  vi.restoreAllMocks()
})

/** The next call of the cipher is not answered until it is let go; every other one is. */
function held(name: 'encrypt' | 'decrypt'): () => void {
  let letGo = () => {}
  const gate = new Promise<void>((open) => {
    letGo = open
  })
  const real = crypto.subtle[name].bind(crypto.subtle) as (...args: never[]) => Promise<never>
  vi.spyOn(crypto.subtle, name).mockImplementationOnce(async (...args) => {
    await gate
    return real(...(args as unknown as never[]))
  })
  return letGo
}

test('a form that is written down twice at once is kept as it was last', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  const later = { ...draft, entry: { ...draft.entry, minutes: 15 } }
  const letGo = held('encrypt')
  const both = [phone.keepDraft(draft), phone.keepDraft(later)]
  await rest()
  letGo()
  await Promise.all(both)
  expect(phone.snapshot().drafts).toEqual([later])
  phone.close()
  expect((await world.open()).snapshot().drafts).toEqual([later])
})

test('a form that is still being written down when its log is saved does not come back', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  const letGo = held('encrypt')
  const keeping = phone.keepDraft(draft)
  const saving = phone.save(draft)
  await rest()
  letGo()
  await keeping
  await saved(world, saving)
  expect(phone.snapshot()).toMatchObject({ drafts: [], log: [{ id: draft.id }] })
  phone.close()
  expect((await world.open()).snapshot().drafts).toEqual([])
})

test('a form that is thrown away while an answer is being taken in does not come back', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const reflection = { ...phone.portfolio.open(), text: 'First words.' }
  await saved(world, phone.portfolio.save(reflection))
  const draft = aOneToOne(phone)
  await phone.keepDraft(draft)
  const elsewhere = vault([], world.server.user_id, 'tablet', [await dataKey(world.server.own_key)])
  world.server.change(reflection.id, { sealed: await elsewhere.sealOwn(reflection.id, 'Other words.') })
  const letGo = held('decrypt')
  const reading = phone.sendNow()
  await rest()
  await phone.dropDraft(draft.id)
  letGo()
  await reading
  await rest()
  expect(phone.snapshot().portfolio.reflections).toMatchObject([{ text: 'Other words.' }])
  expect(phone.snapshot().drafts).toEqual([])
})

test('a form that is kept while another tab’s work is read in is not forgotten', async () => {
  const world = new World()
  const one = await world.signedIn()
  const two = await world.open()
  await rest()
  // Nothing is settled, so that what is read in is read in once.
  world.server.always = { path: /./, fault: 'no_network' }
  const letGo = held('decrypt')
  await saved(world, one.save(aOneToOne(one)))
  const draft = aOneToOne(two)
  await two.keepDraft(draft)
  letGo()
  await rest()
  expect(two.snapshot().log).toHaveLength(1)
  expect(two.snapshot().drafts).toEqual([draft])
})
