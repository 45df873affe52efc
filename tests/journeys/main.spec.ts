// The main job, end to end: logged without signal, kept through a kill, sent, counted, taken away as a file.
import { expect, test } from '@playwright/test'
import { LAPTOP, PHONES, Phone } from './browser'
import { cellsOf, contactsByKind, fileBehind } from './figures'
import { heading, installed, type KindName, logIn, logOne, REQUIRED } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

const KINDS = Object.keys(REQUIRED) as KindName[]

test('four visits logged without signal survive a killed browser, are sent once, and tie out everywhere', async () => {
  test.setTimeout(120_000)
  const server = await Server.start()
  const worker = new Phone(PHONES.iphone)
  const lead = new Phone(LAPTOP)
  const analyst = new Phone(LAPTOP)
  try {
    const before = await contactsByKind(server, 'lead')

    let page = await worker.open(server.origin)
    await logIn(page, server.account('worker'))
    await installed(page)
    await worker.close()

    await server.stop()
    page = await worker.open(server.origin)
    for (const kind of KINDS) await logOne(page, new Thumb(page), kind)
    await worker.kill()

    page = await worker.open(server.origin)
    await expect(page.getByRole('link', { name: '4 waiting to send' })).toBeVisible()
    await server.resume()
    await expect(page.getByText('All sent')).toBeVisible({ timeout: 30_000 })
    await worker.kill()

    const after = await contactsByKind(server, 'lead')
    for (const kind of ['one_to_one', 'accompanied_appointment', 'signposting', 'discharge_support']) {
      expect(Number(after.get(kind)), kind).toBe(Number(before.get(kind) ?? 0) + 1)
    }
    const shown = await lead.open(`${server.origin}/team`)
    await logIn(shown, server.account('lead'))
    await shown.goto(`${server.origin}/team`)
    await expect(heading(shown, 'Team summary')).toBeVisible()
    await shown.getByRole('radio', { name: 'This month' }).check({ force: true })
    const row = shown
      .getByRole('table')
      .first()
      .getByRole('row', { name: /^One-to-one/ })
    await expect(row).toContainText(`${after.get('one_to_one')}`)

    const desk = await analyst.open(`${server.origin}/reports`)
    await logIn(desk, server.account('analyst'))
    await desk.goto(`${server.origin}/reports`)
    await desk.getByRole('radio', { name: 'This quarter' }).check({ force: true })
    await expect(desk.getByRole('table').first()).toContainText('One-to-one')
    const file = await fileBehind(desk, 'Download CSV')
    const onScreen = (await cellsOf(desk)).slice(0, file.length).map((cells) => cells.slice(2))
    const figures = ['contacts', 'attended', 'reportable', 'not_attended', 'minutes', 'people']
    expect(onScreen).toEqual(file.map((row) => figures.map((name) => row.get(name))))
    const hidden = await contactsByKind(server, 'analyst')
    for (const kind of ['one_to_one', 'accompanied_appointment', 'signposting', 'discharge_support']) {
      const exact = Number(after.get(kind))
      expect(hidden.get(kind), kind).toBe(exact < 5 ? '*' : `${Math.round(exact / 5) * 5}`)
    }

    const verified = JSON.parse(server.command('verify', '--json'))
    expect(verified.agrees).toBe(true)
  } finally {
    await Promise.all([worker.end(), lead.end(), analyst.end()])
    await server.end()
  }
})
