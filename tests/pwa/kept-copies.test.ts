// Where a log was changed in two places, the one that was not chosen is kept for 30 days, and can be used after all.
import { expect, test } from 'vitest'
import { aOneToOne, saved, World } from './a-phone'

const DAY = 24 * 60 * 60 * 1000

/** An entry of 50 minutes here and 90 minutes elsewhere. */
async function changedInTwoPlaces(elsewhere: object = { minutes: 90 }) {
  const world = new World()
  const phone = await world.signedIn()
  const draft = aOneToOne(phone)
  await saved(world, phone.save(draft))
  world.server.change(draft.id, elsewhere)
  await saved(world, phone.amend(draft.id, { minutes: 50, details: { first_meeting: true } }))
  return { world, phone, id: draft.id }
}

test('the copy that was not chosen is kept, whichever it was', async () => {
  const one = await changedInTwoPlaces()
  expect(one.phone.snapshot().copies).toEqual([])
  await saved(one.world, one.phone.choose(one.id, 'theirs'))
  expect(one.phone.snapshot().copies).toMatchObject([{ entry_id: one.id, entry: { minutes: 50 } }])

  const two = await changedInTwoPlaces()
  await saved(two.world, two.phone.choose(two.id, 'mine'))
  expect(two.phone.snapshot().copies).toMatchObject([{ entry_id: two.id, entry: { minutes: 90 } }])
})

test('a copy stays through a restart, for 30 days after the choice was sent, by the clock of the server', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  world.at += 20 * DAY
  const chosen = world.at
  await saved(world, phone.choose(id, 'theirs'))
  phone.close()
  world.at += 29 * DAY
  const later = await world.open()
  await saved(world, later.sendNow())
  expect(later.snapshot().copies).toMatchObject([{ entry_id: id, until: chosen + 30 * DAY }])
  later.close()
  world.at += 2 * DAY
  const last = await world.open()
  await saved(world, last.sendNow())
  expect(last.snapshot().copies).toEqual([])
})

test('used instead, a copy takes the place of the other, which is kept in its turn', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  await saved(world, phone.choose(id, 'theirs'))
  const [copy] = phone.snapshot().copies
  expect(await saved(world, phone.useCopy(copy?.id ?? ''))).toEqual({ ok: true, sent: true })
  expect(world.server.rows.get(id)?.row).toMatchObject({ minutes: 50, details: { first_meeting: true } })
  expect(phone.snapshot().copies).toMatchObject([{ entry_id: id, entry: { minutes: 90 } }])
  await saved(world, phone.useCopy(phone.snapshot().copies[0]?.id ?? ''))
  expect(world.server.rows.get(id)?.row).toMatchObject({ minutes: 90, details: { kind: 'one_to_one' } })
})

test('a copy of a log that was deleted elsewhere and let go brings it back', async () => {
  const { world, phone, id } = await changedInTwoPlaces({ state: 'void' })
  await saved(world, phone.choose(id, 'theirs'))
  const [copy] = phone.snapshot().copies
  expect(copy).toMatchObject({ entry: { minutes: 50 } })
  await saved(world, phone.useCopy(copy?.id ?? ''))
  expect(world.server.rows.get(id)?.row).toMatchObject({ state: 'active', minutes: 50 })
  expect(phone.snapshot().copies).toEqual([])
})

test('a copy is used without signal, and the choice that waits says no day yet', async () => {
  const { world, phone, id } = await changedInTwoPlaces()
  world.server.always = { path: /./, fault: 'no_network' }
  await saved(world, phone.choose(id, 'theirs'))
  expect(phone.snapshot().copies).toMatchObject([{ until: null }])
  await saved(world, phone.useCopy(phone.snapshot().copies[0]?.id ?? ''))
  expect(phone.snapshot().log[0]).toMatchObject({ id, sending: 'waiting', entry: { minutes: 50 } })
  world.server.always = null
  await saved(world, phone.sendNow())
  expect(world.server.rows.get(id)?.row).toMatchObject({ minutes: 50 })
})
