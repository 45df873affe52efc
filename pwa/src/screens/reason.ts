// Why the server did not take a log, in one sentence that says what to do.
import type { Problem } from '../data/schema.gen'
import { problems, reasons } from '../words/en'

export function problemText(reason: string | null, found: readonly Problem[]): string {
  const told = found.map((problem) => problems[problem.code]).find((text) => text !== undefined)
  const plain = reason === null ? undefined : (reasons[reason] ?? reasons[reason.replace(/^rule:/, '')])
  // A reason such as "unreadable" says less than the problem that it comes with.
  if (told !== undefined && (plain === undefined || reason === 'unreadable'))
    return `${told.replace(/\.$/, '')}.`
  return plain ?? reasons.unreadable ?? ''
}
