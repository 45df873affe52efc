// The comfort settings: kept on this phone as a few words, which the styles read on the root of the page.
import { signal } from '@preact/signals'
import { type Comfort, comfortOf, wordsOf } from './comfort-words'
import { keepNote, note } from './notes'

export type { Comfort }

// Also read by public/comfort.js, before the first paint.
const KEPT = 'comfort'

export const comfort = signal<Comfort>(comfortOf(note(KEPT) ?? ''))

/** Takes over what is kept here, and what another tab chooses. */
export function keepComfort(): void {
  paint(kept())
  addEventListener('storage', ({ key }) => {
    if (key !== KEPT && key !== null) return
    comfort.value = comfortOf(kept())
    paint(kept())
  })
}

export function choose(change: Partial<Comfort>): void {
  comfort.value = { ...comfort.peek(), ...change }
  const words = wordsOf(comfort.peek())
  keepNote(KEPT, words === '' ? null : words)
  paint(words)
}

const kept = () => note(KEPT) ?? ''

function paint(words: string): void {
  document.documentElement.dataset.comfort = words
  // The bar of the phone around the app has the colour of the page.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset.usual ??= meta.content
    const chosen = comfortOf(words).colours !== 'phone'
    const page = getComputedStyle(document.documentElement).getPropertyValue('--page')
    meta.content = chosen ? page.trim() : meta.dataset.usual
  }
}
