// What a page is held against besides axe: room for a thumb, nothing cut off, nothing sideways, colours apart.
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

const TARGET = 44
const APART = 8
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** axe finds nothing, every control has room for a thumb, and nothing is cut off. */
export async function fitForAll(page: Page): Promise<void> {
  const wrong = [...(await againstTheRules(page)), ...(await tooSmallOrNear(page)), ...(await cutOff(page))]
  expect(wrong).toEqual([])
}

/** What axe finds. It runs in the page itself: the usual way, by a page of its own, takes five times as long. */
export async function againstTheRules(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (tags) => {
    // What fades is looked at when it has.
    const ends = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ends.map((one) => one.finished.catch(() => undefined)))
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`)
  }, TAGS)
}

/** Controls that are smaller than a thumb or too near to each other. Links inside a sentence are let off. */
export function tooSmallOrNear(page: Page): Promise<string[]> {
  return page.evaluate(
    ([target, apart]) => {
      const sized = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(
          (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.nhsuk-skip-link'),
        )
        .filter((one) => !(one instanceof HTMLAnchorElement && inSentence(one)))
        // A finger presses the words of a chip, not the radio under them.
        .map((one) => (one instanceof HTMLInputElement && one.closest('label.chip')) || one)
        .map((one) => ({ one, box: one.getBoundingClientRect(), name: nameOf(one) }))
        .filter(({ box }) => box.width > 0 && box.height > 0)
      const found = sized
        .filter(({ box }) => box.width < target - 0.5 || box.height < target - 0.5)
        .map(({ box, name }) => `${name} is ${Math.round(box.width)}x${Math.round(box.height)}`)
      for (const [place, a] of sized.entries()) {
        for (const b of sized.slice(place + 1)) {
          if (a.one.contains(b.one) || b.one.contains(a.one)) continue
          // What scrolls beneath a bar that stays is not near it.
          if (stays(a.one) !== stays(b.one)) continue
          const gap = Math.max(
            a.box.left - b.box.right,
            b.box.left - a.box.right,
            a.box.top - b.box.bottom,
            b.box.top - a.box.bottom,
          )
          if (gap < apart - 0.5) found.push(`${a.name} and ${b.name} are ${Math.round(gap)} apart`)
        }
      }
      return found

      function inSentence(link: HTMLAnchorElement): boolean {
        const around = link.closest('p, li, dd')
        return (
          getComputedStyle(link).display === 'inline' &&
          (around?.textContent ?? '').trim().length > (link.textContent ?? '').trim().length
        )
      }
      function stays(one: Element): Element | null {
        return one.closest('.tabs, .save')
      }
      function nameOf(one: Element): string {
        const words = one.getAttribute('aria-label') ?? (one.textContent?.trim() || one.id)
        return `${one.tagName.toLowerCase()} "${words.slice(0, 40)}"`
      }
    },
    [TARGET, APART] as const,
  )
}

/** Words that are cut off, and pages that have to be moved sideways. Tables may scroll inside their own frame. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (one.closest('.nhsuk-u-visually-hidden, .nhsuk-skip-link, svg, table, input, textarea')) continue
      const { overflowX, overflowY } = getComputedStyle(one)
      const clips = (how: string) => how === 'hidden' || how === 'clip'
      const name = `${one.tagName.toLowerCase()}.${one.className} "${one.textContent?.slice(0, 40)}"`
      if (clips(overflowX) && one.scrollWidth > one.clientWidth + 1)
        found.push(`${name} is cut off at its side`)
      if (clips(overflowY) && one.scrollHeight > one.clientHeight + 1) found.push(`${name} is cut off below`)
      if (!one.checkVisibility() || one.children.length > 0 || !one.textContent?.trim()) continue
      // The words themselves: they may be wider than the box that holds them.
      const words = document.createRange()
      words.selectNodeContents(one)
      const { left, right } = words.getBoundingClientRect()
      if (left < -1 || right > innerWidth + 1) found.push(`${name} leaves the screen`)
    }
    return found
  })
}

/** Pairs of our colours with less contrast than they need: 4.5 for words, 3 for lines and marks. */
export function tooFaint(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words = ['page', 'surface', 'raised', 'tint', 'grey'].flatMap((paper) => [
      ['text', paper, 4.5],
      ['quiet', paper, 4.5],
      ['link', paper, 4.5],
      ['error', paper, 4.5],
    ])
    const marks = ['page', 'surface'].flatMap((paper) => [
      ['field-line', paper, 3],
      ['brand', paper, 3],
      ['text', paper, 3],
    ])
    const others = [
      ['on-brand', 'brand', 4.5],
      ['on-brand', 'brand-strong', 4.5],
      ['focus-text', 'focus', 4.5],
      ...['one', 'two', 'three', 'four'].map((badge) => ['text', badge, 4.5]),
    ]
    const style = getComputedStyle(document.documentElement)
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const light = (name: string) => {
      if (!pen) throw new Error('no canvas')
      pen.fillStyle = style.getPropertyValue(`--${name}`)
      pen.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    return [...words, ...marks, ...others].flatMap(([one, other, needed]) => {
      const [dark = 0, bright = 0] = [light(`${one}`), light(`${other}`)].sort((a, b) => a - b)
      const contrast = (bright + 0.05) / (dark + 0.05)
      return contrast < Number(needed) ? [`${one} on ${other} is ${contrast.toFixed(2)}`] : []
    })
  })
}

/** Text at twice its size, as somebody sets it on their phone. */
export function doubled(): void {
  document.documentElement.style.fontSize = '200%'
}

export function usualSize(): void {
  document.documentElement.style.fontSize = ''
}
