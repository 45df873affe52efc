// Everyone can use every screen: axe, thumbs, keyboard, large and spaced text, themes, stillness, colours of the system.
// Each state is looked at in one theme, at three widths; ALONGSIDE_ACCESS=all goes through every theme, with axe at each
// width.
import { expect, type Page, test } from '@playwright/test'
import { LAPTOP, PHONES, Phone, type Size } from './browser'
import { againstTheRules, cutOff, doubled, tooFaint, tooSmallOrNear, usualSize } from './looking'
import { answer, heading, logIn, save, tile } from './people'
import { Server } from './server'
import { eachState, PARTS, routesOfApp } from './states'

const NARROW: Size = { width: 320, height: 568 }
const SIZES = [NARROW, PHONES.iphone, LAPTOP]
const THEMES = ['dark', 'light', 'cream'] as const
const everything = process.env.ALONGSIDE_ACCESS === 'all'

test('each route of the app is on the list of screens that are looked at', () => {
  const looked_at = new Set(PARTS.flatMap(({ states }) => states.map(({ at }) => at)))
  const routes = routesOfApp()
  expect(routes.length).toBeGreaterThan(25)
  expect(routes.filter((route) => !looked_at.has(route))).toEqual([])
})

for (const [place, part] of PARTS.entries()) {
  for (const theme of everything ? THEMES : [THEMES[place % 3] ?? 'light']) {
    test(`nothing stands in anybody's way in any state of ${part.name}, in ${theme}`, async () => {
      test.setTimeout(900_000)
      await eachState(part, NARROW, theme, async (page, what) => {
        const wrong: string[] = []
        for (const size of SIZES) {
          await page.setViewportSize(size)
          const here = [...(await cutOff(page)), ...(size === LAPTOP ? [] : await tooSmallOrNear(page))]
          // What axe looks at seldom depends on the width.
          if (everything || size === NARROW) here.push(...(await againstTheRules(page)))
          wrong.push(...here.map((one) => `${size.width} px: ${one}`))
        }
        await page.setViewportSize(PHONES.iphone)
        await page.evaluate(doubled)
        wrong.push(...(await cutOff(page)).map((one) => `text at twice its size: ${one}`))
        await page.evaluate(usualSize)
        await page.setViewportSize(NARROW)
        expect.soft(wrong, what).toEqual([])
      })
    })
  }
}

test('text at twice its size and text with wide spacing lose nothing', async () => {
  test.setTimeout(180_000)
  await withPhone(PHONES.iphone, async (page, server) => {
    // What comes with the first read moves what is on the page.
    const read = page.waitForResponse(/\/api\/directory$/)
    await logIn(page, server.account('lead'))
    await read
    const found: string[] = []
    for (const path of [
      '/',
      '/log/signposting',
      '/my-log',
      '/team',
      '/help',
      '/help/comfort',
      '/help/install',
    ]) {
      for (const [how, change] of [
        ['twice the size', doubled],
        ['wide spacing', spaced],
      ] as const) {
        await page.goto(server.origin + path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        if (path === '/') await expect(page.getByText('Log again')).toBeVisible()
        if (path === '/team') await expect(page.getByRole('table').first()).toBeVisible()
        await expect(page.locator('main')).not.toContainText('Getting things ready.')
        const words = await page.locator('main').innerText()
        await page.evaluate(change)
        found.push(...(await cutOff(page)).map((one) => `${path}, ${how}: ${one}`))
        expect(await page.locator('main').innerText(), `${path}, ${how}`).toBe(words)
      }
    }
    expect(found).toEqual([])
  })
})

test('a log can be made by the keyboard alone, and each page begins at its heading', async () => {
  await withPhone(LAPTOP, async (page, server) => {
    await logIn(page, server.account('worker'))
    await page.goto(server.origin)
    await expect(heading(page, 'What did you do?')).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await tabTo(page, () => tile(page, 'One-to-one'))
    await page.keyboard.press('Enter')
    await expect(heading(page, 'One-to-one')).toBeFocused()
    await tabTo(page, () => page.getByRole('group', { name: 'How long?' }).getByRole('radio').first())
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await tabTo(page, () => answer(page, 'How?', 'In person'))
    await page.keyboard.press('Space')
    await tabTo(page, () => save(page))
    const ring = await save(page).evaluate((one) => getComputedStyle(one).outlineWidth)
    expect(ring, 'the focus is seen').toBe('3px')
    await page.keyboard.press('Enter')
    await expect(heading(page, 'What did you do?')).toBeFocused()
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    for (const name of ['My log', 'Help and more']) {
      await page.getByRole('navigation').getByRole('link', { name }).first().focus()
      await page.keyboard.press('Enter')
      await expect(heading(page, name)).toBeFocused()
    }
  })
})

test('comfort settings work before log-in, hold from the first paint of the next start, and win over the phone', async () => {
  await withPhone(PHONES.iphone, async (page, server) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = await colourOf(page)
    await page.getByRole('link', { name: 'Comfort settings' }).click()
    await expect(heading(page, 'Comfort settings')).toBeFocused()
    const papers = new Set<string>()
    for (const name of ['Light', 'Cream', 'Dark']) {
      await answer(page, 'Colours', name).check({ force: true })
      expect(await tooFaint(page), name).toEqual([])
      papers.add(await colourOf(page))
    }
    expect(papers.size).toBe(3)
    expect(papers.has(dark), 'the phone’s dark is ours').toBe(true)

    await answer(page, 'Colours', 'Cream').check({ force: true })
    await answer(page, 'Text spacing', 'Wider').check({ force: true })
    await answer(page, 'Movement', 'None').check({ force: true })
    const cream = await colourOf(page)
    expect(await page.evaluate(moving), 'nothing moves').toEqual([])
    // With its own script held back, the page is what the first paint shows.
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
    })
    await page.context().route('**/assets/index-*.js', (route) => route.abort())
    await page.goto(server.origin)
    expect(await colourOf(page)).toBe(cream)
    const spacing = await page.evaluate(() => document.documentElement.dataset.comfort)
    expect(spacing).toBe('cream wider still')
  })
})

test('nothing moves for those who asked their phone for it, and colours of the system still show what is chosen', async () => {
  await withPhone(PHONES.iphone, async (page, server) => {
    await logIn(page, server.account('worker'))
    await tile(page, 'One-to-one').click()
    expect(await page.evaluate(moving), 'usually a button fades').not.toEqual([])
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await page.evaluate(moving)).toEqual([])

    await page.emulateMedia({ forcedColors: 'active' })
    const chip = answer(page, 'How?', 'Phone')
    const look = () =>
      chip.evaluate((input) => {
        const face = input.nextElementSibling
        const tick = face?.querySelector('.chip__tick')
        if (!face || !tick) throw new Error('a chip has a face and a tick')
        return {
          fill: getComputedStyle(face).backgroundColor,
          line: getComputedStyle(face).borderTopWidth,
          tick: getComputedStyle(tick).visibility,
        }
      })
    const before = await look()
    await chip.check({ force: true })
    const after = await look()
    expect(after.fill).not.toBe(before.fill)
    expect([before.tick, after.tick]).toEqual(['hidden', 'visible'])
    expect(Number.parseFloat(after.line)).toBeGreaterThan(0)
    await page.goto(server.origin)
    const line = await tile(page, 'One-to-one').evaluate((one) => getComputedStyle(one).borderTopWidth)
    expect(Number.parseFloat(line), 'a tile has an edge').toBeGreaterThan(0)
  })
})

async function withPhone(size: Size, work: (page: Page, server: Server) => Promise<void>): Promise<void> {
  const server = await Server.start()
  const phone = new Phone(size)
  try {
    await work(await phone.open(server.origin), server)
  } finally {
    await phone.end()
    await server.end()
  }
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, target: () => ReturnType<typeof save>): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if (await target().evaluate((one) => one === document.activeElement)) return
  }
  throw new Error('the keyboard does not come there')
}

const colourOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

/** The spacing of success criterion 1.4.12. */
function spaced(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } ' +
      'p { margin-bottom: 2em !important }',
  )
  document.adoptedStyleSheets = [sheet]
}

function moving(): string[] {
  const slow = [...document.querySelectorAll('*')].filter((one) => {
    const { transitionDuration, animationName } = getComputedStyle(one)
    return (
      animationName !== 'none' || transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0)
    )
  })
  return slow.map((one) => one.tagName)
}
