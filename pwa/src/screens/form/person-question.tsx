// Who it was with: the codes used last, another code, or nobody. A code, never a name.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { Field } from '../../ui/field'
import { live, phone } from '../../ui/live'
import { problems, questions, words } from '../../words/en'
import type { QuestionProps } from './question'

const MOST_RECENT = 6

export function PersonQuestion({
  id,
  value,
  team_id,
  error,
  onChange,
}: QuestionProps & { readonly id: string }) {
  const text = useSignal('')
  const trouble = useSignal<string | null>(null)
  const chosen = typeof value === 'string' ? value : null
  const recent = recentPersons(team_id, chosen)
  const needed = live.value.session?.service.settings.person_codes === 'required'

  async function use() {
    const code = text.value.trim()
    if (code === '') {
      trouble.value = words.person.missing
      return
    }
    const known = personsOf(team_id).find((person) => person.code.toLowerCase() === code.toLowerCase())
    const answer = known ? { id: known.id } : await phone.addPerson(code, team_id)
    if ('id' in answer) {
      text.value = ''
      trouble.value = null
      onChange(answer.id)
    } else if (answer.problem === 'storage_full') trouble.value = words.form.storageFull
    else if (answer.problem === 'storage_broken') trouble.value = words.form.storageBroken
    else trouble.value = problems[answer.problem.code] ?? problems.unreadable ?? ''
  }

  return (
    <Chips
      id={id}
      ask={questions.person_id?.ask ?? ''}
      error={error}
      answers={{
        ...Object.fromEntries(recent.map((one) => [one.id, one.code])),
        ...(needed ? {} : { none: words.person.none }),
      }}
      chosen={[chosen ?? 'none']}
      onChange={([answer]) => onChange(answer === 'none' ? null : answer)}
    >
      <div class="beside">
        <Field
          id={`${id}-code`}
          label={words.person.code}
          hint={words.person.codeHint}
          error={trouble.value ?? undefined}
          value={text.value}
          maxLength={20}
          class="input--code"
          onInput={(typed) => {
            text.value = typed
            trouble.value = null
          }}
        />
        <button type="button" class="button button--quiet" onClick={use}>
          {words.person.use}
        </button>
      </div>
    </Chips>
  )
}

function personsOf(team_id: string) {
  return live.value.persons
    .map(({ person }) => person)
    .filter((person) => person.team_id === team_id && !person.merged_into && !person.ended_on)
}

/** Those logged with last, then the others by code; the one that is chosen is always among them. */
function recentPersons(team_id: string, chosen: string | null) {
  const all = personsOf(team_id)
  const used = live.value.log
    .map((item) => item.entry.person_id)
    .filter((id) => id !== null && id !== undefined)
  const order = [...new Set([...(chosen ? [chosen] : []), ...used])]
  const rank = (id: string) => {
    const at = order.indexOf(id)
    return at === -1 ? order.length : at
  }
  return all.sort((a, b) => rank(a.id) - rank(b.id) || a.code.localeCompare(b.code)).slice(0, MOST_RECENT)
}
