// Holds what a page is about while a tap is carried out: the deed may take it away before the next page is there.
import { useRef } from 'preact/hooks'

export function useHeld<T>(now: T | undefined) {
  const held = useRef<T | undefined>(undefined)
  return {
    shown: held.current ?? now,
    /** `doing` ends with going to the next page, or with saying why not. */
    async hold(doing: () => Promise<void>): Promise<void> {
      held.current = now
      try {
        await doing()
      } finally {
        held.current = undefined
      }
    },
  }
}
