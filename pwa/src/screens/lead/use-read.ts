// Reading something that needs signal: loading, there, or not to be had. What was there stays until the new comes.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Read, Trouble } from '../../data/phone'

export type Reading<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: Trouble }

/** Reads again whenever `key` changes; `again` asks once more. */
export function useRead<T>(key: string, ask: () => Promise<Read<T>>) {
  const reading = useSignal<Reading<T>>({ state: 'loading' })
  const turn = useSignal(0)
  const round = turn.value
  // The question is made anew each time; what it asks for is in the key.
  useEffect(() => {
    let current = true
    ask().then((answer) => {
      if (!current) return
      reading.value = answer.ok
        ? { state: 'there', value: answer.value }
        : { state: 'failed', problem: answer.problem }
    })
    return () => {
      current = false
    }
  }, [key, round])
  return {
    reading: reading.value,
    show(value: T) {
      reading.value = { state: 'there', value }
    },
    again() {
      reading.value = { state: 'loading' }
      turn.value += 1
    },
  }
}
