// "Saved" is said soon, whatever the link does, and what is shown is drawn anew only where something has changed.
import { expect, test } from 'vitest'
import { aOneToOne, rest, saved, World } from './a-phone'

/** Whether it has come true by now. */
function looked(act: Promise<unknown>): () => boolean {
  let done = false
  void act.then(() => {
    done = true
  })
  return () => done
}

test('a log is said to be saved a tenth of a second after it is, while the server has not answered', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.holds = /push/
  const draft = aOneToOne(phone)
  const done = looked(phone.save(draft))
  await rest()
  expect(phone.snapshot().log).toMatchObject([{ id: draft.id, sending: 'waiting' }])
  expect(done()).toBe(false)
  await world.pass(100)
  expect(done()).toBe(true)
})

test('where the last try reached nobody, a log is said to be saved as soon as it is', async () => {
  const world = new World()
  const phone = await world.signedIn()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.save(aOneToOne(phone)))
  expect(phone.snapshot().sync.phase).toBe('offline')
  world.server.always = null
  world.server.holds = /push/
  const done = looked(phone.save(aOneToOne(phone, { minutes: 30 })))
  await rest()
  expect(done()).toBe(true)
})

test('what nobody has touched is the same item after another log is saved', async () => {
  const world = new World()
  const phone = await world.signedIn()
  const before = aOneToOne(phone)
  await saved(world, phone.save(before))
  phone.close()
  // Kept on another phone: only the server speaks of it there.
  const other = new World()
  other.server.rows.set(before.id, world.server.rows.get(before.id) as never)
  const there = await other.signedIn()
  const item = there.snapshot().log.find(({ id }) => id === before.id)
  expect(item?.entry.minutes).toBe(45)

  const next = aOneToOne(there, { minutes: 30 })
  await saved(other, there.save(next))
  expect(there.snapshot().log.find(({ id }) => id === before.id)).toBe(item)

  await saved(other, there.amend(before.id, { minutes: 50 }))
  expect(there.snapshot().log.find(({ id }) => id === before.id)?.entry.minutes).toBe(50)
})
