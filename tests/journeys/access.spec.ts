// axe finds nothing on any screen, at the narrowest phone, a usual one and a laptop.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { LAPTOP, PHONES, Phone, type Size } from './browser'
import { logIn, logOne, tile } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

const NARROW: Size = { width: 320, height: 568 }
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const WORKER = [
  '/',
  '/log/one-to-one',
  '/log/accompanied-appointment',
  '/log/signposting',
  '/log/discharge-support',
]
const LISTS = ['/my-log', '/waiting', '/help', '/nothing-here']

for (const size of [NARROW, PHONES.iphone, LAPTOP]) {
  test(`axe finds nothing on any screen at ${size.width} px`, async () => {
    test.setTimeout(120_000)
    const server = await Server.start()
    const phone = new Phone(size)
    try {
      const page = await phone.open(server.origin)
      await check(page, 'log in')
      await logIn(page, server.account('worker'))
      await logOne(page, new Thumb(page), 'One-to-one')
      await check(page, 'just saved')
      for (const path of [...WORKER, ...LISTS]) {
        await page.goto(`${server.origin}${path}`)
        await check(page, path)
      }
      await page.goto(`${server.origin}/`)
      await tile(page, 'Signposting').click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await check(page, 'a form with errors')
      await page.goto(`${server.origin}/my-log`)
      await page
        .getByRole('main')
        .getByRole('link', { name: /One-to-one/ })
        .first()
        .click()
      await check(page, 'one entry')
      await phone.kill()
      for (const [role, path] of [
        ['lead', '/team'],
        ['analyst', '/reports'],
      ] as const) {
        const other = new Phone(size)
        try {
          const desk = await other.open(`${server.origin}${path}`)
          await logIn(desk, server.account(role))
          await desk.goto(`${server.origin}${path}`)
          await expect(desk.getByRole('table').first()).toBeVisible()
          await check(desk, path)
        } finally {
          await other.end()
        }
      }
    } finally {
      await phone.end()
      await server.end()
    }
  })
}

async function check(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  expect(
    violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map(({ html }) => html).join(' ')}`),
  ).toEqual([])
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(sideways, `${what} scrolls sideways`).toBe(false)
}
