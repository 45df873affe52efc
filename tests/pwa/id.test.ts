import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ids, madeAt } from '../../pwa/src/data/id'

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

test('an id is a UUID of version 7 that says when it was made', () => {
  const at = Date.UTC(2026, 10, 20, 10)
  const id = ids(() => at, random)()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(madeAt(id)).toBe(at)
})

test('ids are in the order in which they were made, even when the clock stands still or is set back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5000, max: 3 }), { minLength: 2, maxLength: 50 }), (moves) => {
      let at = Date.UTC(2026, 10, 20)
      const next = ids(() => at, random)
      const made = moves.map((move) => {
        at += move
        return next()
      })
      expect([...made].sort()).toEqual(made)
      expect(new Set(made).size).toBe(made.length)
    }),
  )
})

test('more ids in one millisecond than the count can hold are still in order', () => {
  const next = ids(() => 5, random)
  const made = Array.from({ length: 10_000 }, next)
  expect([...made].sort()).toEqual(made)
})
