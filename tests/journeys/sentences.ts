// Sentences that the app can say, held against the pages that were looked at: a state whose words nobody has seen is a
// state that is not on the list.
import type { Page } from '@playwright/test'

const GAP = '\u0001'

/** Each sentence of a group of words by its key. One that is put together has its longest fixed piece, and how it is
 * said of one thing. */
export function sentencesOf(group: object, path = ''): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(group)) {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') {
      // The name of a picture is no word.
      if (key !== 'picture') found.set(name, [value])
    } else if (typeof value === 'function') found.set(name, [longestPiece(said(value, GAP)), said(value, 1)])
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, texts] of sentencesOf(value, name)) found.set(inner, texts)
    }
  }
  return found
}

function said(sentence: (...parts: unknown[]) => string, part: unknown): string {
  try {
    return sentence(part, part, part)
  } catch {
    // Some are put together from a list.
    return sentence([part, part])
  }
}

const longestPiece = (text: string) =>
  text.split(GAP).reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')

/** Everything that the page says: to the eye, to the ear, and in its tab. */
export function saidBy(page: Page): Promise<string> {
  return page.evaluate(() => {
    const labels = [...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label'))
    return [document.title, document.body.textContent, ...labels].join('\n').replaceAll('\u00a0', ' ')
  })
}
