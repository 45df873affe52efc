// Why the server did not take a log, in one sentence that says what to do; and why something was not kept.
import type { SaveAnswer } from '../data/phone'
import type { Problem } from '../data/schema.gen'
import { type Day, monthName } from '../ui/dates'
import { problems, reasons, words } from '../words/en'

/** `day` is the day of the log, where there is one: a closed month is called by its name. */
export function problemText(reason: string | null, found: readonly Problem[], day?: Day): string {
  if (reason === 'rule:closed' && day !== undefined) return words.look.closed(monthName(day))
  const told = found.map((problem) => problems[problem.code]).find((text) => text !== undefined)
  const plain = reason === null ? undefined : (reasons[reason] ?? reasons[reason.replace(/^rule:/, '')])
  // A reason such as "unreadable" says less than the problem that it comes with.
  if (told !== undefined && (plain === undefined || reason === 'unreadable'))
    return `${told.replace(/\.$/, '')}.`
  return plain ?? reasons.unreadable ?? ''
}

/** The same of a person's code, which can be done without. */
export function codeText(reason: string | null, found: readonly Problem[]): string {
  return reason === 'rule:person_codes_off' ? words.look.codesOff : problemText(reason, found)
}

export function sayTrouble({ problem }: Extract<SaveAnswer, { ok: false }>): string {
  if (problem === 'storage_full') return words.form.storageFull
  if (problem === 'storage_broken') return words.form.storageBroken
  return problemText(null, problem)
}
