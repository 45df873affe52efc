// Reading figures, which needs signal: loading, there, or not to be had.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Trouble, VolumesQuery } from '../../data/phone'
import type { Volumes } from '../../data/schema.gen'
import { phone } from '../../ui/live'

export type Reading =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly volumes: readonly Volumes[] }
  | { readonly state: 'failed'; readonly problem: Trouble }

/** Reads all of the queries, or none. What was there stays on the screen until the new figures come. */
export function useVolumes(queries: readonly VolumesQuery[] | null): { reading: Reading; again: () => void } {
  const reading = useSignal<Reading>({ state: 'loading' })
  const turn = useSignal(0)
  const asked = JSON.stringify(queries)
  const round = turn.value
  // The queries are compared as text, because they are made anew each time; `round` asks again.
  useEffect(() => {
    if (queries === null) return
    let current = true
    Promise.all(queries.map((query) => phone.volumes(query))).then((answers) => {
      if (!current) return
      const failed = answers.find((answer) => !answer.ok)
      if (failed && !failed.ok) reading.value = { state: 'failed', problem: failed.problem }
      else reading.value = { state: 'there', volumes: answers.flatMap((one) => (one.ok ? [one.value] : [])) }
    })
    return () => {
      current = false
    }
  }, [asked, round])
  return {
    reading: reading.value,
    again() {
      reading.value = { state: 'loading' }
      turn.value += 1
    },
  }
}
