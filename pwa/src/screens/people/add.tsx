// Adds a person to a team by their code, with or without signal.
import { useSignal } from '@preact/signals'
import { plainCode } from '../../data/persons'
import { Field } from '../../ui/field'
import { live, phone } from '../../ui/live'
import { go } from '../../ui/router'
import { words } from '../../words/en'
import { peopleWords } from '../../words/people'
import { errorsOfPerson, people } from './about'

const say = peopleWords.add

export function AddPerson({ team_id }: { readonly team_id: string }) {
  const code = useSignal('')
  const trouble = useSignal<string | undefined>(undefined)

  async function add() {
    const typed = code.value.trim()
    if (typed === '') {
      trouble.value = words.person.missing
      return
    }
    // One who is no longer supported is found again by their code, to be brought back.
    const known = people()
      .of(team_id)
      .find((one) => plainCode(one.code) === plainCode(typed))
    if (known) {
      go(`/people/${known.id}`, { notice: { what: 'done', text: say.known(known.code) } })
      return
    }
    const answer = await phone.addPerson(typed, team_id)
    if ('id' in answer) {
      const text = live.sync.value.waiting > 0 ? say.done(typed) : peopleWords.change.saved
      go(`/people/${answer.id}`, { notice: { what: 'done', text } })
      return
    }
    const problem = typeof answer.problem === 'string' ? answer.problem : [answer.problem]
    trouble.value = errorsOfPerson({ ok: false, problem })[0]?.text
  }

  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <Field
          id="code"
          label={say.code}
          hint={words.person.codeHint}
          error={trouble.value}
          value={code.value}
          maxLength={20}
          class="input--code"
          onInput={(text) => {
            code.value = text
            trouble.value = undefined
          }}
        />
        <div class="buttons">
          <button type="submit" class="button button--quiet">
            {say.button}
          </button>
        </div>
      </form>
    </section>
  )
}
