// Takes the server's answers into the database: seals what is in them first, because a transaction cannot wait.
import { fromElsewhere } from './conflicts'
import type { Cursors, Event } from './engine-events'
import { sealConflict, sealRow } from './memory'
import type { Row } from './replica'
import type { Desk } from './runner'
import type { PullAnswer, Result } from './schema.gen'
import type { Changes } from './store'

/** Each answers null, or what the engine has to hear of. */
export function answers(desk: Desk) {
  const { db, vault, user_id } = desk

  /** What a lead decides about is somebody else's, and does not stay on the lead's phone. */
  const mayKeep = (row: Row) => !('author_id' in row) || row.author_id === user_id

  async function settle(results: readonly Result[], epoch: number, told_at: number | null) {
    const rows = results.flatMap(({ record }) => (record && mayKeep(record) ? [record] : []))
    const records = await Promise.all(rows.map((row) => sealRow(row, epoch, vault)))
    const named = results.flatMap((result) => (result.id === null ? [] : [[result.id, result] as const]))
    return kept(await db.settle(new Map(named), records, epoch, told_at))
  }

  async function keepPages(asked: Cursors, answer: PullAnswer): Promise<Event | null> {
    const { epoch } = answer
    const outdated = await kept(
      await db.keepScope(answer.scope, answer.scope_version, epoch, answer.server_time),
    )
    if (outdated) return outdated
    for (const team_id of answer.scope) {
      const page = answer.teams[team_id]
      if (page === undefined) continue
      const at = asked[team_id] ?? null
      if (page.reset != null) {
        const late = await kept(await db.beginAgain(team_id, at, epoch))
        if (late) return late
        continue
      }
      const records = await Promise.all((page.rows ?? []).map((row) => sealRow(row, epoch, vault)))
      const { cursor = null, more = false } = page
      const page_to_keep = { team_id, asked: at, cursor, more: more ?? false, epoch, records }
      const late = await kept(await db.keepPage(page_to_keep))
      if (late) return late
    }
    return null
  }

  async function keepConflicts(open_here: readonly string[], answer: PullAnswer): Promise<Event | null> {
    const listed = new Set(answer.conflicts.map(({ op }) => op))
    const elsewhere = fromElsewhere(answer.conflicts, user_id, answer.scope, desk.memory().outbox)
    const records = await Promise.all(elsewhere.map((conflict) => sealConflict(conflict, vault)))
    const settled_elsewhere = open_here.filter((id) => !listed.has(id))
    return kept(await db.keepOpenConflicts(settled_elsewhere, records, answer.epoch))
  }

  async function kept(changes: Changes): Promise<Event | null> {
    await desk.changed(changes)
    return changes.outdated ? { type: 'outdated' } : null
  }

  return { settle, keepPages, keepConflicts }
}
