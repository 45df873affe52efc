// When a log was deleted: it can be brought back for 30 days, by the server's clock where it has told the time.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { LogItem } from '../data/phone'
import type { History } from '../data/schema.gen'
import { phone, serverNow } from '../ui/live'

const KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** The server is asked about so many at once; the others wait for the next look. */
const MOST = 20

/** False once the 30 days are over. A day that is not known yet says nothing. */
export const withinReach = (deleted_at: number | null) =>
  deleted_at === null || serverNow() - deleted_at <= KEPT_MS

/** When this phone deleted it, unless that was long ago or on another device. */
export function deletedHere({ acts }: LogItem): number | null {
  return acts.findLast(({ action }) => action === 'void')?.at ?? null
}

export function deletedBy({ changes }: History): number | null {
  const last = changes.findLast(({ action, outcome }) => action === 'void' && outcome === 'applied')
  return last?.received_at ?? null
}

// What the server has told, by log and version: one that is brought back and deleted again is asked about anew.
const told = new Map<string, number>()
const keyOf = ({ id, version }: LogItem) => `${id} ${version}`

/** The days by log: those that this phone does not know are asked of the server, when there is signal. */
export function useDeletedDays(voids: readonly LogItem[]): ReadonlyMap<string, number> {
  const round = useSignal(0)
  const missing = voids.filter((item) => deletedHere(item) === null && !told.has(keyOf(item))).slice(0, MOST)
  useEffect(() => {
    let left = false
    async function ask() {
      for (const item of missing) {
        const answer = await phone.history(item.id)
        if (left || (!answer.ok && typeof answer.problem === 'string')) return
        const at = answer.ok ? deletedBy(answer.value) : null
        if (at !== null) told.set(keyOf(item), at)
      }
      round.value += 1
    }
    if (missing.length > 0) void ask()
    return () => {
      left = true
    }
  }, [missing.map(keyOf).join()])
  void round.value
  return new Map(
    voids.flatMap((item) => {
      const at = deletedHere(item) ?? told.get(keyOf(item))
      return at === undefined ? [] : [[item.id, at] as const]
    }),
  )
}
