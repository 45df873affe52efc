// Things of which there can be several, such as goals: a small card for each, with questions of its own.
import { useRef } from 'preact/hooks'
import { focusOn } from '../../ui/error-summary'
import { words } from '../../words/en'
import { saysSomething } from './applying'
import { holds } from './details'
import { questionId } from './forms'
import { QuestionField, type QuestionProps } from './question'
import { wordsOf } from './said'

type Thing = Readonly<Record<string, unknown>>

export function ListQuestion(props: QuestionProps & { readonly id: string }) {
  const { id, question, team_id, error, errorFor, onChange, onUnread } = props
  const { ask, short, hint } = wordsOf(question)
  const { items = [], most = 99 } = question
  const things = (props.value ?? []) as readonly Thing[]
  const keys = useKeys(things.length)
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')

  function add() {
    keys.add()
    onChange([...things, {}])
    const [first] = items
    if (first) requestAnimationFrame(() => focusOn(questionId(first.field, prefixOf(things.length))))
  }

  function remove(place: number) {
    // What was typed and could not be read goes with its card; the others move up, and so would their ids.
    for (const at of things.keys()) {
      for (const inner of items) onUnread(questionId(inner.field, prefixOf(at)), null)
    }
    keys.remove(place)
    onChange(things.filter((_, at) => at !== place))
    requestAnimationFrame(() => document.getElementById(`${id}-add`)?.focus())
  }

  const prefixOf = (place: number) => `${id}-${place}-`
  return (
    <fieldset
      id={id}
      class={`question${error ? ' question--error' : ''}`}
      aria-describedby={described || undefined}
    >
      <legend>{ask}</legend>
      {hint && (
        <div class="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p class="nhsuk-error-message" id={`${id}-error`}>
          <span class="nhsuk-u-visually-hidden">{words.errorTitle}</span>
          {error}
        </p>
      )}
      {things.map((thing, place) => {
        const name = words.form.nth(short, place + 1)
        const prefix = prefixOf(place)
        // What is wrong is told by place among the cards that say something: only these are saved.
        const saved = prefixOf(things.slice(0, place).filter(saysSomething).length)
        return (
          <section key={keys.at(place)} class="thing" aria-label={name}>
            <h3 class="thing__name">{name}</h3>
            {items
              .filter((inner) => holds(inner, thing))
              .map((inner) => (
                <QuestionField
                  key={inner.field}
                  question={inner}
                  value={thing[inner.field]}
                  team_id={team_id}
                  optional={inner.required !== true}
                  prefix={prefix}
                  about={name}
                  error={saysSomething(thing) ? errorFor?.(questionId(inner.field, saved)) : undefined}
                  onChange={(value) =>
                    onChange(things.map((one, at) => (at === place ? { ...one, [inner.field]: value } : one)))
                  }
                  onUnread={onUnread}
                />
              ))}
            <button type="button" class="link" onClick={() => remove(place)}>
              {words.form.remove}
              <span class="nhsuk-u-visually-hidden">: {name}</span>
            </button>
          </section>
        )
      })}
      {things.length < most && (
        <button id={`${id}-add`} type="button" class="button button--quiet button--small" onClick={add}>
          {words.add}
          <span class="nhsuk-u-visually-hidden">: {short}</span>
        </button>
      )}
    </fieldset>
  )
}

// A card stays itself when the one above it is taken away, with what was half typed in it.
function useKeys(count: number) {
  const state = useRef({ next: 0, keys: [] as number[] })
  const { keys } = state.current
  const add = () => keys.push(state.current.next++)
  while (keys.length < count) add()
  return {
    at: (place: number) => keys[place],
    add,
    remove: (place: number) => void keys.splice(place, 1),
  }
}
