// The main job, end to end: logged without signal, kept through a kill, sent, counted, taken away as a file.
import { expect, test } from '@playwright/test'
import { LAPTOP, Phone, PHONES } from './browser'
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
    const before = await figures(server, 'lead')

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

    const after = await figures(server, 'lead')
    for (const kind of ['one_to_one', 'accompanied_appointment', 'signposting', 'discharge_support']) {
      expect(contacts(after, kind), kind).toBe(contacts(before, kind) + 1)
    }
    const shown = await lead.open(`${server.origin}/team`)
    await logIn(shown, server.account('lead'))
    await shown.goto(`${server.origin}/team`)
    await expect(heading(shown, 'Team summary')).toBeVisible()
    await shown.getByRole('radio', { name: 'This month' }).check({ force: true })
    const row = shown.getByRole('table').first().getByRole('row', { name: /^One-to-one/ })
    await expect(row).toContainText(`${contacts(after, 'one_to_one')}`)

    const desk = await analyst.open(`${server.origin}/reports`)
    await logIn(desk, server.account('analyst'))
    const file = await figures(server, 'analyst')
    for (const kind of ['one_to_one', 'accompanied_appointment', 'signposting', 'discharge_support']) {
      const exact = contacts(after, kind)
      expect(file.get(kind), kind).toBe(exact < 5 ? '*' : `${Math.round(exact / 5) * 5}`)
    }

    const verified = JSON.parse(server.command('verify', '--json'))
    expect(verified.agrees).toBe(true)
  } finally {
    await Promise.all([worker.end(), lead.end(), analyst.end()])
    await server.end()
  }
})

/** The contacts of this month by kind, as the CSV file that this role is given says. */
async function figures(server: Server, role: 'lead' | 'analyst'): Promise<Map<string, string>> {
  const { login, password } = server.account(role)
  const headers = { 'Content-Type': 'application/json', Origin: server.origin }
  const signedIn = await fetch(`${server.origin}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ login, password }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' })
  const query = `from=${today.slice(0, 8)}01&to=${today}&by=month&split=kind&format=csv`
  const answer = await fetch(`${server.origin}/api/reports/contact-volumes?${query}`, { headers: { cookie } })
  const [header = '', ...lines] = (await answer.text()).trimEnd().split('\r\n')
  const columns = header.split(',')
  return new Map(
    lines.map((line) => {
      const cells = line.split(',')
      return [cells[columns.indexOf('key')] ?? '', cells[columns.indexOf('contacts')] ?? '']
    }),
  )
}

const contacts = (found: Map<string, string>, kind: string) => Number(found.get(kind) ?? 0)
