// Takes a picture of each screen in each state and lays them out on one page: build/sheet/index.html.
// ALONGSIDE_SHEET=light takes one theme.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Page, test } from '@playwright/test'
import { LAPTOP, PHONES, type Size } from './browser'
import { doubled, usualSize } from './looking'
import { eachState, PARTS, type Theme } from './states'

const FOLDER = resolve(__dirname, '../../build/sheet')

interface Sight {
  readonly name: string
  readonly size: Size
  readonly before?: (page: Page) => Promise<unknown>
  readonly after?: (page: Page) => Promise<unknown>
}

const IPHONE: Sight = { name: '375x667', size: PHONES.iphone }
const SIGHTS: Partial<Record<Theme, readonly Sight[]>> = {
  light: [
    IPHONE,
    { name: '360x800', size: { width: 360, height: 800 } },
    { name: '1280x800', size: LAPTOP },
    {
      name: '375x667, text at twice its size',
      size: PHONES.iphone,
      before: (page) => page.evaluate(doubled),
      after: (page) => page.evaluate(usualSize),
    },
    {
      name: '375x667, colours of the system',
      size: PHONES.iphone,
      before: (page) => page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' }),
      after: (page) => page.emulateMedia({ forcedColors: null, colorScheme: null }),
    },
  ],
  dark: [IPHONE],
  cream: [IPHONE],
}
const wanted = (process.env.ALONGSIDE_SHEET ?? Object.keys(SIGHTS).join()).split(',')
const SECTIONS = Object.entries(SIGHTS).flatMap(([theme, sights]) =>
  sights.map(({ name, size }) => ({ name: `${theme}, ${name}`, size })),
)

test.beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true })
  // After a part that failed the others go on in a new process, and keep the pictures that are there.
  if (test.info().workerIndex > 0) return
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
})

for (const [theme, sights] of Object.entries(SIGHTS) as [Theme, readonly Sight[]][]) {
  if (!wanted.includes(theme)) continue
  for (const part of PARTS) {
    test(`pictures of ${part.name} in ${theme}`, async () => {
      let place = 0
      await eachState(part, PHONES.iphone, theme, async (page, what) => {
        place += 1
        const picture = `${part.name} ${String(place).padStart(2, '0')} ${what.replaceAll('/', ' ')}.png`
        for (const { name, size, before, after } of sights) {
          await page.setViewportSize(size)
          await before?.(page)
          await page.screenshot({ path: join(FOLDER, `${theme}, ${name} ${picture}`) })
          await after?.(page)
        }
        await page.setViewportSize(PHONES.iphone)
      })
    })
  }
}

test.afterAll(() => {
  const pictures = readdirSync(FOLDER).filter((name) => name.endsWith('.png'))
  const all = SECTIONS.map(({ name, size }) => {
    const here = pictures.filter((file) => file.startsWith(`${name} `)).sort()
    const figures = here.map((file) => {
      const what = file.slice(name.length + 1, -'.png'.length)
      const image = `<img src="${encodeURIComponent(file)}" width="${size.width / 2}" alt="">`
      return `<figure>${image}<figcaption>${what}</figcaption></figure>`
    })
    return `<h2>${name}</h2><div>${figures.join('\n')}</div>`
  })
  writeFileSync(
    join(FOLDER, 'index.html'),
    PAGE.replace('PICTURES', () => all.join('\n')),
  )
  console.log(`The contact sheet is ${join(FOLDER, 'index.html')}`)
})

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Alongside: every screen in every state</title>
<style>
  body { font-family: system-ui, sans-serif; margin: 1rem; background: #ddd }
  div { display: flex; flex-wrap: wrap; gap: 1rem }
  figure { margin: 0 }
  img { display: block; border: 1px solid #888 }
  figcaption { max-width: 12rem; font-size: 0.875rem }
</style>
PICTURES
`
