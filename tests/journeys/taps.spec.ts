// The budget of a thumb: how many taps and scrolls each log takes on the two phones with the app installed.
import { expect, test } from '@playwright/test'
import { AWorker, daysAgo } from './a-worker'
import { PHONES, Phone } from './browser'
import { heading, type KindName, logIn, logOne, save } from './people'
import { Server } from './server'
import { Thumb } from './thumb'

const BUDGET: Record<KindName, { taps: number; scrolls: number }> = {
  'One-to-one': { taps: 4, scrolls: 0 },
  'Accompanied appointment': { taps: 5, scrolls: 1 },
  Signposting: { taps: 6, scrolls: 1 },
  'Discharge support': { taps: 5, scrolls: 1 },
}

for (const [name, size] of [
  ['iPhone 375x647', PHONES.iphoneInstalled],
  ['Android 360x728', PHONES.androidInstalled],
] as const) {
  test(`a log takes its budget of taps on ${name}, without typing`, async () => {
    const server = await Server.start()
    const phone = new Phone(size)
    try {
      const page = await phone.open(server.origin)
      const tablet = await AWorker.signedIn(server, server.account('worker'), 'Tablet')
      await tablet.log(daysAgo(1), 25)
      await logIn(page, server.account('worker'))
      const again = new Thumb(page)
      const last = page.getByRole('region', { name: 'Log again' }).getByRole('link').first()
      await expect(last).toContainText('25 minutes')
      await again.tap(last)
      await expect(heading(page, 'Check and save')).toBeVisible()
      await again.tap(save(page))
      await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible()
      await expect(heading(page, 'What did you do?')).toBeVisible()
      expect([again.taps, again.scrolls], 'the same as before').toEqual([2, 0])

      for (const [kind, budget] of Object.entries(BUDGET) as [KindName, (typeof BUDGET)[KindName]][]) {
        const thumb = new Thumb(page)
        await logOne(page, thumb, kind)
        expect(thumb.taps, `${kind}: taps`).toBe(budget.taps)
        expect(thumb.scrolls, `${kind}: scrolls`).toBeLessThanOrEqual(budget.scrolls)
      }
    } finally {
      await phone.end()
      await server.end()
    }
  })
}

test('a thumb presses what it aims at, though a list that is read in still moves it', async () => {
  const phone = new Phone(PHONES.iphone)
  try {
    const page = await phone.open('about:blank')
    await page.setContent('<button>Mine</button>')
    await page.evaluate(() => {
      const mine = document.querySelector('button') as HTMLButtonElement
      const where = mine.getBoundingClientRect.bind(mine)
      let rows = 0
      const row = () => {
        if (rows++ < 30) mine.before(Object.assign(document.createElement('p'), { textContent: 'A row' }))
      }
      // From the first look on, for thirty frames; and at the latest under the finger itself.
      mine.getBoundingClientRect = () => {
        if (rows === 0)
          requestAnimationFrame(function more() {
            row()
            if (rows < 30) requestAnimationFrame(more)
          })
        return where()
      }
      document.addEventListener('mousemove', row)
      document.addEventListener('click', ({ target }) => {
        document.title = target instanceof HTMLButtonElement ? 'pressed' : 'missed'
      })
    })
    const thumb = new Thumb(page)
    await thumb.tap(page.getByRole('button', { name: 'Mine' }))
    expect(await page.title()).toBe('pressed')
    expect(thumb.taps).toBe(1)
  } finally {
    await phone.end()
  }
})
