// The battery is pulled at every point of save and send: nothing acknowledged is lost, nothing is torn.
import { expect, test } from '@playwright/test'
import { Server } from '../journeys/server'
import { wrong } from './held'
import type { Row } from './kill-table'
import { Phone } from './phone'
import { POINTS } from './points'
import { Signal } from './signal'
import { Victim } from './victim'

const points = Object.entries(POINTS)
/** How often each point is come to, in each of two engines. */
const ROUNDS = Math.max(1, Math.round(Number(process.env.KILLS ?? 20) / 2 / points.length))
const SEED = Number(process.env.SEED ?? 1)
const BEFORE_IT_IS_KEPT = ['before save', 'between request and complete']

// The slower one begins.
for (const engine of ['Firefox', 'Chromium'] as const) {
  test(`a ${engine} that is killed at every point of save and send loses nothing and tears nothing`, async () => {
    test.setTimeout(120_000 + ROUNDS * 240_000)
    const server = await Server.start()
    const signal = await Signal.to(server)
    const phone = new Phone(engine)
    const rows: Row[] = []
    try {
      const victim = new Victim(phone, signal, server, SEED)
      await victim.begin()
      for (let round = 0; round < ROUNDS; round++) {
        for (const [point, arrive] of points) {
          const after = await arrive(victim, round % 2 === 1)
          await victim.kill()
          after?.()
          rows.push({ point, engine, ...(await victim.look()) })
        }
      }
      const found = rows.filter(({ lost, torn }) => lost.length + torn.length > 0)
      expect(found, 'lost or torn').toEqual([])
      // A point after the save that came to nothing has proved nothing.
      const idle = rows.filter(({ point, saved }) => saved === 0 && !BEFORE_IT_IS_KEPT.includes(point))
      expect(idle, 'not saved').toEqual([])
      expect(wrong(server)).toEqual([])
    } finally {
      test.info().annotations.push({ type: 'kills', description: JSON.stringify(rows) })
      await phone.end()
      await signal.off()
      await server.end()
    }
  })
}
