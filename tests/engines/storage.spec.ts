// Firefox: what is kept, and what is sent, when signal, browser and other tabs come and go.
import { expect, test } from '@playwright/test'
import { Server } from '../journeys/server'
import { type Entries, held, wrong } from './held'
import { Phone } from './phone'
import { resting, torn } from './resting'
import { press, shows } from './tab'
import { allSent, filled, home, installed, logIn, logOne, save, waiting } from './worker'

test('in Firefox logs made without signal survive a closed browser, open without a server and are sent once', async () => {
  const server = await Server.start()
  const phone = new Phone('Firefox')
  try {
    const before = await held(server)
    let tab = await phone.open()
    await tab.go(server.origin)
    await logIn(tab, server.account('worker'))
    await installed(tab)
    // Firefox asks the person whether the site may keep its storage. Nobody answers, and nothing waits for it.
    expect(await tab.run(keepingIsAnswered)).toBe(false)
    await logOne(tab, 11)
    await allSent(tab)
    await tab.go(`${server.origin}/my-log`)
    await shows(tab, 'This browser may clear your logs.')
    await tab.go(server.origin)
    await home(tab)

    await server.stop()
    await logOne(tab, 12)
    await waiting(tab, 1)
    await phone.close()

    // Nothing listens any more: what answers is the service worker.
    await expect(fetch(server.origin)).rejects.toThrow()
    tab = await phone.open()
    await tab.go(`${server.origin}/my-log`)
    await waiting(tab, 1)
    await shows(tab, '12 min')
    await tab.go(server.origin)
    await home(tab)
    await logOne(tab, 13)
    await waiting(tab, 2)
    const kept = await resting(tab)
    const states = kept.outbox.map(({ n, minutes, state }) => [n, minutes, state])
    expect(states.sort()).toEqual([
      [1, 11, 'settled'],
      [2, 12, 'pending'],
      [3, 13, 'pending'],
    ])
    expect(torn(kept)).toEqual([])

    await server.resume()
    // Nobody taps and no event comes: the app asks by itself.
    await allSent(tab)
    expect(added(before, await held(server))).toEqual([11, 12, 13])
    expect(wrong(server)).toEqual([])
  } finally {
    await phone.end()
    await server.end()
  }
})

test('in Firefox two tabs share one outbox: each shows what the other saved, and both logs are sent once', async () => {
  const server = await Server.start()
  const phone = new Phone('Firefox')
  try {
    const before = await held(server)
    const one = await phone.open()
    await one.go(server.origin)
    await logIn(one, server.account('worker'))
    await installed(one)
    const two = await phone.another()
    await two.go(server.origin)
    await home(two)
    await allSent(two)

    await server.stop()
    await filled(one, 21)
    await filled(two, 22)
    await Promise.all([save(one), save(two)])
    for (const tab of [one, two]) {
      await home(tab)
      await waiting(tab, 2)
    }
    expect(torn(await resting(one))).toEqual([])

    await server.resume()
    await press(two, 'link', '2 waiting to send')
    await press(two, 'button', 'Send now')
    await allSent(one)
    await allSent(two)
    expect(added(before, await held(server))).toEqual([21, 22])
    expect(torn(await resting(two))).toEqual([])
  } finally {
    await phone.end()
    await server.end()
  }
})

function keepingIsAnswered(): Promise<boolean> {
  const answered = navigator.storage.persist().then(() => true)
  return Promise.race([answered, new Promise<boolean>((done) => setTimeout(done, 500, false))])
}

function added(before: Entries, now: Entries) {
  return [...now]
    .filter(([id]) => !before.has(id))
    .map(([, minutes]) => minutes)
    .sort()
}
