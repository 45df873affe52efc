// Takes a picture of each screen in each state and lays them out on one page: build/sheet/index.html.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from '@playwright/test'
import { LAPTOP, PHONES, type Size } from './browser'
import { Server } from './server'
import { eachState, type Theme } from './states'

const FOLDER = resolve(__dirname, '../../build/sheet')
const ROWS: readonly (readonly [Theme, Size])[] = [
  ['light', PHONES.iphone],
  ['dark', PHONES.iphone],
  ['cream', PHONES.iphone],
  ['light', LAPTOP],
]

test('the contact sheet', async () => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const sections: string[] = []
  for (const [theme, size] of ROWS) {
    const server = await Server.start()
    const pictures: string[] = []
    try {
      await eachState(server, size, theme, async (page, what) => {
        const name = `${theme}-${size.width}-${what.replaceAll(/[^a-z0-9]+/gi, '-')}.png`
        await page.screenshot({ path: join(FOLDER, name) })
        pictures.push(
          `<figure><img src="${name}" width="${size.width / 2}" alt=""><figcaption>${what}</figcaption></figure>`,
        )
      })
    } finally {
      await server.end()
    }
    sections.push(`<h2>${theme}, ${size.width}x${size.height}</h2><div>${pictures.join('\n')}</div>`)
  }
  writeFileSync(
    join(FOLDER, 'index.html'),
    PAGE.replace('SECTIONS', () => sections.join('\n')),
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
SECTIONS
`
