// Who is who, by the directory that the phone keeps.
import { live } from '../../ui/live'
import { decidedWords } from '../../words/decided'

export const isMe = (user_id: string) => live.session.value?.user.id === user_id

/** What the server says where the service does not show leads who logged something. */
const SOMEBODY = '00000000-0000-0000-0000-000000000000'

/** "Sam Okoro", "You", or that the person is in the team no longer. */
export function nameOf(user_id: string): string {
  if (isMe(user_id)) return decidedWords.you
  if (user_id === SOMEBODY) return decidedWords.somebody
  return live.directory.value?.users.find((one) => one.id === user_id)?.name ?? decidedWords.someone
}

/** The same inside a sentence, as whose it is: "Sam Okoro’s", "your", "their". */
export function whose(user_id: string): string {
  if (isMe(user_id)) return 'your'
  const name = live.directory.value?.users.find((one) => one.id === user_id)?.name
  return name === undefined ? 'their' : `${name}’s`
}

/** The same after "by" or "of". */
export function byWhom(user_id: string): string {
  const name = nameOf(user_id)
  const { you, someone, somebody } = decidedWords
  return name === you || name === someone || name === somebody ? name.toLowerCase() : name
}

/** The same as who does something: "What they logged". */
export function whoDid(user_id: string): string {
  const name = byWhom(user_id)
  return name === decidedWords.someone.toLowerCase() ? 'they' : name
}
