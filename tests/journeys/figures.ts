// Figures as the files say them, to hold the screens against.
import type { Page } from '@playwright/test'
import type { Server } from './server'

export type Row = ReadonlyMap<string, string>

/** The rows of a CSV file, each by the names of its columns. */
export function rowsOf(file: string): Row[] {
  const [header = '', ...lines] = file.trimEnd().split('\r\n')
  const columns = header.split(',')
  return lines.map((line) => new Map(line.split(',').map((cell, place) => [columns[place] ?? '', cell])))
}

/** The contacts of this month by kind, as the file says that somebody with this role is given. */
export async function contactsByKind(server: Server, role: 'lead' | 'analyst'): Promise<Row> {
  const { login, password } = server.account(role)
  const signedIn = await fetch(`${server.origin}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.origin },
    body: JSON.stringify({ login, password }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' })
  const query = `from=${today.slice(0, 8)}01&to=${today}&by=month&split=kind&format=csv`
  const answer = await fetch(`${server.origin}/api/reports/contact-volumes?${query}`, { headers: { cookie } })
  return new Map(rowsOf(await answer.text()).map((row) => [row.get('key') ?? '', row.get('contacts') ?? '']))
}

/** The file behind the link on the screen, as this browser is given it. */
export async function fileBehind(page: Page, link: string): Promise<Row[]> {
  const address = await page.getByRole('link', { name: link }).getAttribute('href')
  const file = await page.evaluate(async (from) => (await fetch(from ?? '')).text(), address)
  return rowsOf(file)
}

/** The cells of the body of a table on the screen, without commas between thousands and words for a star. */
export function cellsOf(page: Page): Promise<string[][]> {
  return page
    .getByRole('table')
    .first()
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) =>
          (cell.textContent ?? '').trim().replaceAll(',', '').replace(/^\*.*/, '*'),
        ),
      ),
    )
}
