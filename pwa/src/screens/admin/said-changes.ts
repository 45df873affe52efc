// One change of a setting in words: "Days back: 60 → 14".
import type { Kind } from '../../data/phone'
import type { Changed } from '../../data/schema.gen'
import { kindName } from '../../ui/describe'
import { adminWords } from '../../words/admin'
import { listNamed } from './lists'

export function sayChange({ setting, before, after }: Changed): string {
  const say = adminWords.changes
  const { what, value } = meant(setting)
  return say.became(what, value(before), value(after))
}

interface Meaning {
  readonly what: string
  readonly value: (given: unknown) => string
}

const { rules, changes: say } = adminWords

function meant(setting: string): Meaning {
  const [part, ...rest] = setting.split('.')
  if (part === 'kinds' && rest.length > 0) {
    const name = kindName(rest[0] as Kind)
    if (rest[1] === 'offered') return { what: say.offered(name), value: (on) => (on ? say.yes : say.no) }
    return { what: rest[1] === 'label' ? say.label(name) : say.label_cy(name), value: text }
  }
  if (part === 'answers') return ofAnswers(rest)
  const labels: Record<string, Readonly<Record<string, string>>> = {
    person_codes: rules.codes.answers,
    small_numbers: rules.small.answers,
    leads_see: rules.leads.answers,
    week: rules.week.answers,
    notes: say.notes,
  }
  const words = part === 'kinds' ? null : labels[setting]
  return {
    what: say.names[setting] ?? setting,
    value:
      part === 'kinds'
        ? (kinds) => text((kinds as Kind[]).map(kindName))
        : (given) => named(given, words ?? {}),
  }
}

// answers.<list>.retired, answers.<list>.own, answers.<list>.labels.<answer>.<language>
function ofAnswers(path: readonly string[]): Meaning {
  const place = path.findLastIndex((one) => one === 'retired' || one === 'own' || one === 'labels')
  const name = path.slice(0, place).join('.')
  const list = listNamed(name)
  const [kind = ''] = path
  const title =
    kind === 'entry' || list === null ? (list?.title ?? name) : `${kindName(kind as Kind)}, ${list.title}`
  const plain = list?.plain ?? {}
  if (path[place] === 'retired') return { what: say.retired(title), value: (given) => named(given, plain) }
  if (path[place] === 'own') return { what: say.own(title), value: text }
  const answer = `${title}, ${plain[path[place + 1] ?? ''] ?? ''}`
  return { what: path.at(-1) === 'cy' ? say.label_cy(answer) : say.label(answer), value: text }
}

const named = (given: unknown, words: Readonly<Record<string, string>>): string =>
  text(Array.isArray(given) ? given.map((one) => words[one] ?? one) : (words[String(given)] ?? given))

function text(given: unknown): string {
  if (given === null || given === undefined || given === '') return say.nothing
  return Array.isArray(given) ? given.join(', ') || say.nothing : String(given)
}
