// What needs a decision, in words.
import { bodyIn, codeIn, type Matter } from '../../data/lead'
import type { OpenConflict } from '../../data/schema.gen'
import { monthOf, nearDay } from '../../ui/dates'
import { inShort, kindName } from '../../ui/describe'
import { leadWords } from '../../words/lead'

/** What it is about, and the day with the rest of it: for a row and for the head of a page. */
export function aboutMatter({ conflict, wanted }: Matter): { title: string; parts: readonly string[] } {
  const say = leadWords.decisions
  const body = bodyIn(wanted)
  const code = codeIn(wanted)
  if (code !== null) return { title: say.person(code), parts: [] }
  if (body === null) return { title: say.actions[conflict.action], parts: [] }
  return { title: kindName(body.details.kind), parts: [nearDay(body.happened_on), ...inShort(body)] }
}

export const whyText = ({ reason }: OpenConflict) => leadWords.why[reason] ?? leadWords.whyOther

/** Why it cannot be accepted as it is; null where it can. */
export function obstacleText({ obstacle, closed }: Matter): string | null {
  if (obstacle === null) return null
  if (obstacle !== 'closed') return leadWords.obstacles[obstacle]
  return leadWords.obstacles.closed(leadWords.isClosed(closed.map(monthOf)))
}
