// One entry of the team: its answers, and deleting it with a reason or bringing it back.
import { useSignal } from '@preact/signals'
import { bodyIn, type Decided } from '../../data/lead'
import type { Entry } from '../../data/schema.gen'
import { kindName, met } from '../../ui/describe'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { leadWords } from '../../words/lead'
import { rowsOf } from '../form/in-words'
import { sayTrouble } from '../reason'
import { isMe, nameOf } from './names'
import { entryRead, nowIs } from './pages-read'

const LONGEST_REASON = 60

export function EntryOfTeam({ id }: { readonly id: string }) {
  const entry = entryRead(id)
  const say = leadWords.entries
  if (entry === null) {
    return (
      <Page title={say.title} back="/team/entries">
        <p class="text">{say.reload}</p>
        <a class="button" href="/team/entries">
          {say.backToList}
        </a>
      </Page>
    )
  }
  const deleted = entry.state === 'void'
  return (
    <Page title={kindName(entry.details.kind)} back="/team/entries">
      {deleted && <div class="nhsuk-inset-text">{say.isDeleted}</div>}
      <Answers entry={entry} />
      {isMe(entry.author_id) ? (
        <Mine id={id} />
      ) : deleted ? (
        <BringBack entry={entry} />
      ) : (
        <Remove entry={entry} />
      )}
    </Page>
  )
}

function Answers({ entry }: { readonly entry: Entry }) {
  const rows = rowsOf(bodyIn(entry) ?? entry).filter((row) => met(entry) || row.field !== 'minutes')
  return (
    <dl class="answers">
      <div>
        <dt>{leadWords.entries.who}</dt>
        <dd>{nameOf(entry.author_id)}</dd>
      </div>
      {rows.map(({ field, label, text }) => (
        <div key={`${field}${label}`}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Mine({ id }: { readonly id: string }) {
  return (
    <>
      <p class="text">{leadWords.entries.mine}</p>
      <a class="button button--quiet" href={`/my-log/${id}`}>
        {leadWords.entries.seeMine}
      </a>
    </>
  )
}

function BringBack({ entry }: { readonly entry: Entry }) {
  const trouble = useSignal<string | null>(null)
  const say = leadWords.entries

  async function bringBack() {
    const answer = await phone.lead.bringBack(entry)
    if (answer.ok) done(entry, answer, 'active', say.broughtBack)
    else trouble.value = sayTrouble(answer)
  }

  return (
    <>
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <button type="button" class="button" onClick={bringBack}>
        {say.bringBack}
      </button>
    </>
  )
}

function Remove({ entry }: { readonly entry: Entry }) {
  const reason = useSignal('')
  const errors = useSignal<readonly FormError[]>([])
  const say = leadWords.entries

  async function remove() {
    const why = reason.value.trim()
    const wrong = why === '' ? say.reasonMissing : [...why].length > LONGEST_REASON ? say.reasonLong : null
    errors.value = wrong === null ? [] : [{ id: 'reason', text: wrong }]
    if (wrong !== null) return
    const answer = await phone.lead.remove(entry, why)
    if (answer.ok) done(entry, answer, 'void', say.removed)
    else errors.value = [{ id: null, text: sayTrouble(answer) }]
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        remove()
      }}
    >
      <ErrorSummary errors={errors.value} />
      <p class="text text--quiet">{say.change}</p>
      <Field
        id="reason"
        label={say.reason}
        hint={say.reasonHint}
        error={errors.value.find((one) => one.id === 'reason')?.text}
        value={reason.value}
        onInput={(value) => {
          reason.value = value
        }}
      />
      <button type="submit" class="button button--quiet">
        {say.remove}
      </button>
    </form>
  )
}

function done(entry: Entry, answer: Extract<Decided, { ok: true }>, state: Entry['state'], text: string) {
  nowIs(entry.id, state)
  const said = answer.sent ? text : leadWords.decisions.waits
  go('/team/entries', { replace: true, notice: { what: 'done', text: said } })
}
