// The comfort settings as they are kept: a few words, of which unknown ones are passed over.
import { expect, test } from 'vitest'
import { type Comfort, comfortOf, wordsOf } from '../../pwa/src/ui/comfort-words'

test('every choice comes back as it was kept, and what is usual needs no word', () => {
  for (const colours of ['phone', 'light', 'cream', 'dark'] as const) {
    for (const spacing of ['usual', 'wider'] as const) {
      for (const movement of ['phone', 'still'] as const) {
        const chosen: Comfort = { colours, spacing, movement }
        expect(comfortOf(wordsOf(chosen))).toEqual(chosen)
      }
    }
  }
  expect(wordsOf({ colours: 'phone', spacing: 'usual', movement: 'phone' })).toBe('')
})

test('words of another version of the app do no harm', () => {
  expect(comfortOf('sepia wider  <b>')).toEqual({ colours: 'phone', spacing: 'wider', movement: 'phone' })
})
