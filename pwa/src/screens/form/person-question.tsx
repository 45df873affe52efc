// Who it was with: the codes used last, another code, or nobody. A code, never a name.
import { useSignal } from '@preact/signals'
import { inOrder, peopleIn, plainCode } from '../../data/persons'
import { Chips } from '../../ui/chips'
import { Field } from '../../ui/field'
import { live, phone } from '../../ui/live'
import { where } from '../../ui/router'
import { problems, words } from '../../words/en'
import { peopleWords } from '../../words/people'
import type { QuestionProps } from './question'
import { wordsOf } from './said'

const MOST_RECENT = 6

export function PersonQuestion({
  id,
  question,
  about,
  value,
  team_id,
  error,
  onChange,
}: QuestionProps & { readonly id: string }) {
  const text = useSignal('')
  const trouble = useSignal<string | null>(null)
  const people = peopleIn(live.persons.value)
  // One who was merged into another is offered, and shown, as that other.
  const chosen = typeof value === 'string' ? (people.standing(value)?.id ?? value) : null
  const recent = recentPersons(team_id, chosen)
  const needed = question.required || live.session.value?.service.settings.person_codes === 'required'

  async function use() {
    const code = text.value.trim()
    if (code === '') {
      trouble.value = words.person.missing
      return
    }
    const known = people
      .of(team_id)
      .find((person) => !person.ended_on && plainCode(person.code) === plainCode(code))
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
      ask={wordsOf(question).ask}
      about={about}
      error={error}
      answers={{
        ...Object.fromEntries(recent.map((one) => [one.id, one.code])),
        ...(needed ? {} : { none: words.person.none }),
      }}
      chosen={chosen ? [chosen] : needed ? [] : ['none']}
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
      {/* A new log is kept as a draft meanwhile; other forms would lose what was typed. */}
      {where.value.path.startsWith('/log/') && (
        <a class="link" href="/people">
          {peopleWords.all}
        </a>
      )}
    </Chips>
  )
}

/** Those logged with last, then the others by code; the one that is chosen is always among them. */
function recentPersons(team_id: string, chosen: string | null) {
  return inOrder(peopleIn(live.persons.value), team_id, live.log.value, chosen)
    .filter(({ id, ended_on }) => !ended_on || id === chosen)
    .slice(0, MOST_RECENT)
}
