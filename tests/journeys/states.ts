// Every screen in every state, in an order in which each leads to the next; and what makes sure that none is missing.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { Phone, type Size } from './browser'
import { Scene, type State, type Theme } from './scene'
import { saidBy, sentencesOf } from './sentences'
import { Server } from './server'
import { everyday } from './states-everyday'
import { office } from './states-office'
import { people } from './states-people'
import { portfolio } from './states-portfolio'
import { trouble } from './states-trouble'

export type { Theme }
export type Look = (page: Page, what: string) => Promise<void>

export interface Part {
  readonly name: string
  readonly states: readonly State[]
  /** Words of which each is said in some state of this part. */
  readonly says: object
  /** Keys of words that no browser is brought to here, each for a reason that stands beside it. */
  readonly unsaid: readonly string[]
}

export const PARTS: readonly Part[] = [everyday, trouble, office, portfolio, people]

/** Brings a browser to each state of a part and lets it be looked at. */
export async function eachState(part: Part, size: Size, theme: Theme, look: Look): Promise<void> {
  const server = await Server.start()
  const phone = new Phone(size)
  let said = ''
  try {
    const scene = new Scene(await phone.open(server.origin), server, phone, theme)
    await scene.choose()
    for (const { what, at, sees, show } of part.states) {
      await show(scene)
      const { page } = scene
      await expect(page.locator('body'), what).toContainText(sees)
      expect(new URL(page.url()).pathname, what).toMatch(pathOf(at))
      said += await saidBy(page)
      await look(page, what)
    }
  } finally {
    await phone.end()
    await server.end()
  }
  const unheard = [...sentencesOf(part.says)]
    .filter(([, texts]) => !texts.some((text) => said.includes(text)))
    .map(([key]) => key)
    .filter((key) => !part.unsaid.includes(key))
    .sort()
  expect(unheard, 'said in no state that was looked at').toEqual([])
}

/** The routes in the app's own table, as people write them: /my-log/:id/look */
export function routesOfApp(): string[] {
  const app = readFileSync(resolve(__dirname, '../../pwa/src/app.tsx'), 'utf8')
  return [...app.matchAll(/path: \/\^(.+?)\$\/,/g)].map(([, pattern = '']) =>
    pattern.replaceAll('\\/', '/').replaceAll('([\\w-]+)', ':id'),
  )
}

const pathOf = (route: string) => new RegExp(`^${route.replaceAll(':id', '[\\w-]+')}$`)
