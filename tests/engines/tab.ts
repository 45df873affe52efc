// One page in any engine: a few acts, each done as a finger does it, where the thing is on the screen.
import { expect } from '@playwright/test'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What a driver of a browser has to offer. */
export interface Tab {
  go(address: string): Promise<void>
  reload(): Promise<void>
  /** Runs a function in the page. It sees its arguments and the page, and nothing else. */
  run<R, A extends readonly unknown[]>(work: (...given: A) => R | Promise<R>, ...given: A): Promise<R>
  pressAt(point: Point): Promise<void>
  write(text: string): Promise<void>
}

export type What = 'button' | 'link' | 'field'

/** How long to wait between two looks. */
export const SOON = [10, 20, 50]

/** Waits until something with this name is on the screen and stays where it is, and presses the middle of it. */
export async function press(tab: Tab, what: What, name: string, within = ''): Promise<void> {
  let at: Point | null = null
  await expect
    .poll(
      async () => {
        const before: Point | null = at
        at = await seen(tab, what, name, within)
        return at !== null && at.x === before?.x && at.y === before?.y
      },
      { message: `${what} ${name}`, intervals: SOON },
    )
    .toBe(true)
  await tab.pressAt(at ?? { x: 0, y: 0 })
}

/** Chooses one answer of a question. */
export const answer = (tab: Tab, question: string, name: string) => press(tab, 'field', name, question)

export async function fill(tab: Tab, field: string, text: string): Promise<void> {
  await press(tab, 'field', field)
  await tab.write(text)
}

export const shows = (tab: Tab, text: string, timeout = 15_000) =>
  expect
    .poll(() => says(tab, text), { message: `the screen says: ${text}`, timeout, intervals: SOON })
    .toBe(true)

export const says = (tab: Tab, text: string): Promise<boolean> =>
  tab.run((wanted) => document.body?.innerText.includes(wanted) ?? false, text).catch(() => false)

/** Where the thing with this name is, once it is in view and nothing lies on it; null while there is none. */
function seen(tab: Tab, what: What, name: string, within: string): Promise<Point | null> {
  return tab.run(
    (what, name, within) => {
      const text = (one: Element | null | undefined) => (one?.textContent ?? '').trim()
      const kinds = { button: 'button', link: 'a', field: 'label' }
      const named = [...document.querySelectorAll<HTMLElement>(kinds[what])].find((one) => {
        const group = one.closest('fieldset')?.querySelector('legend')
        return text(one) === name && (within === '' || text(group) === within)
      })
      // A chip's radio is hidden under the words beside it; any other field is beside its label.
      const control =
        named instanceof HTMLLabelElement && !named.querySelector('input') ? named.control : null
      const target = control ?? named
      if (!target) return null
      target.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top, width, height } = target.getBoundingClientRect()
      const point = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) }
      const under = document.elementFromPoint(point.x, point.y)
      return under !== null && (target.contains(under) || under.contains(target)) ? point : null
    },
    what,
    name,
    within,
  )
}
