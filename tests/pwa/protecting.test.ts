// What the browser says and is asked: the name of a zone; and to keep what is stored once there is something to keep,
// for some browsers ask the person.
import { expect, test } from 'vitest'
import { zoneNamed } from '../../pwa/src/data/environment'
import { openPhone } from '../../pwa/src/data/phone'
import { aOneToOne, rest, saved, World } from './a-phone'

test('the browser is asked to keep the storage after the first saved log, not at start and not at log-in', async () => {
  const world = new World()
  let asked = 0
  let kept = false
  const phone = await openPhone({
    ...world.environment(),
    storage: async () => (kept ? 'ok' : 'unprotected'),
    protect: async () => {
      asked++
      kept = true
    },
  })
  await phone.signIn('sam', 'a long passphrase')
  await rest()
  expect([asked, phone.snapshot().storage]).toEqual([0, 'unprotected'])

  await saved(world, phone.save(aOneToOne(phone)))
  await rest()
  expect([asked, phone.snapshot().storage]).toEqual([1, 'ok'])
})

test('a device without the name of a zone is taken to be where the service is', () => {
  expect(['Pacific/Auckland', 'UTC', '+01:00', '', undefined].map(zoneNamed)).toEqual([
    'Pacific/Auckland',
    'UTC',
    'Europe/London',
    'Europe/London',
    'Europe/London',
  ])
})
