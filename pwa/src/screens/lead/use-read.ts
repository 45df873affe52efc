// Reading something that needs signal: loading, there, or not to be had.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Read, Trouble } from '../../data/phone'

export type Reading<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: Trouble }

/** Reads again whenever `key` changes; `again` asks once more. */
export function useRead<T>(key: string, ask: () => Promise<Read<T>>) {
  // With what it was read for: what is known of one team must not stand under the name of another, not for a moment.
  const read = useSignal<{ readonly key: string; readonly reading: Reading<T> }>({ key, reading: LOADING })
  const turn = useSignal(0)
  const round = turn.value
  // The question is made anew each time; what it asks for is in the key.
  useEffect(() => {
    let current = true
    ask().then((answer) => {
      if (!current) return
      const reading: Reading<T> = answer.ok
        ? { state: 'there', value: answer.value }
        : { state: 'failed', problem: answer.problem }
      read.value = { key, reading }
    })
    return () => {
      current = false
    }
  }, [key, round])
  return {
    reading: read.value.key === key ? read.value.reading : LOADING,
    show(value: T) {
      read.value = { key, reading: { state: 'there', value } }
    },
    again() {
      read.value = { key, reading: LOADING }
      turn.value += 1
    },
  }
}

const LOADING = { state: 'loading' } as const
