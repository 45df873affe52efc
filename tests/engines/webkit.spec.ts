// WebKitGTK, the engine nearest to an iPhone's that runs here: the main job once, with and without signal.
import { expect, test } from '@playwright/test'
import { Server } from '../journeys/server'
import { held, wrong } from './held'
import { resting, torn } from './resting'
import { WebKit } from './webkit'
import { allSent, home, installed, logIn, logOne, waiting } from './worker'

test('in WebKitGTK a log made without signal survives a reload and is sent when signal is back', async () => {
  const server = await Server.start()
  const tab = new WebKit()
  try {
    const before = await held(server)
    await tab.open()
    await tab.go(server.origin)
    await logIn(tab, server.account('worker'))
    await installed(tab)
    await allSent(tab)
    await logOne(tab, 11)
    await allSent(tab)

    await server.stop()
    await tab.reload()
    await home(tab)
    await logOne(tab, 12)
    await waiting(tab, 1)
    await tab.reload()
    await home(tab)
    await waiting(tab, 1)
    const kept = await resting(tab)
    expect(kept.outbox.map(({ minutes, state }) => [minutes, state])).toEqual(
      expect.arrayContaining([
        [11, 'settled'],
        [12, 'pending'],
      ]),
    )
    expect(torn(kept)).toEqual([])

    await server.resume()
    await allSent(tab)
    const now = await held(server)
    const added = [...now].filter(([id]) => !before.has(id)).map(([, minutes]) => minutes)
    expect(added.sort()).toEqual([11, 12])
    expect(wrong(server)).toEqual([])
  } finally {
    await tab.end()
    await server.end()
  }
})
