// A log that was changed in two places: both, side by side, with the differences named in words. One is kept.
import { useSignal } from '@preact/signals'
import type { LogItem } from '../data/phone'
import { Chips } from '../ui/chips'
import { kindName } from '../ui/describe'
import { ErrorSummary, type FormError } from '../ui/error-summary'
import { useHeld } from '../ui/held'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { words } from '../words/en'
import { type Row, rowsOf } from './form/in-words'
import { NotFound, Redirect } from './not-found'
import { problemText } from './reason'

export function TwoPlaces({ id }: { readonly id: string }) {
  const now = live.log.value.find((one) => one.id === id)
  const { shown: item, hold } = useHeld(now?.sending === 'changed_in_two_places' ? now : undefined)
  const chosen = useSignal<readonly string[]>([])
  const errors = useSignal<readonly FormError[]>([])
  if (!item) return now ? <Redirect to={`/my-log/${id}`} /> : <NotFound />
  const mine = rowsOf(item.entry)
  const gone = goneElsewhere(item)
  const theirs = item.theirs && !gone ? rowsOf(item.theirs.entry) : []

  async function settle() {
    const which = chosen.value[0]
    if (which !== 'mine' && which !== 'theirs') {
      errors.value = [{ id: 'which', text: words.two.missing }]
      return
    }
    const answer = await phone.choose(id, which)
    if (answer.ok) go('/my-log', { replace: true, notice: { what: 'done', text: words.saved.chosen } })
    else if (typeof answer.problem === 'string') {
      errors.value = [
        { id: null, text: words.form[answer.problem === 'storage_full' ? 'storageFull' : 'storageBroken'] },
      ]
    } else errors.value = [{ id: null, text: problemText(item?.reason ?? null, answer.problem) }]
  }

  return (
    <Page title={words.two.title} back="/waiting" error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <p class="text">{gone ? words.two.deleted : words.two.lead}</p>
      <p class="text">{kindName(item.entry.details.kind)}</p>
      <div class="two">
        <Side title={words.two.mine} rows={mine} other={gone ? null : theirs} />
        {gone ? (
          <p class="text text--quiet">{words.two.theirsDeleted}</p>
        ) : (
          <Side title={words.two.theirs} rows={theirs} other={mine} />
        )}
      </div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void hold(settle)
        }}
      >
        <Chips
          id="which"
          ask={words.two.question}
          error={errors.value.find((error) => error.id === 'which')?.text}
          answers={{ mine: words.two.keepMine, theirs: gone ? words.two.letGo : words.two.keepTheirs }}
          chosen={chosen.value}
          onChange={(next) => {
            chosen.value = next
          }}
        />
        <button type="submit" class="button button--full">
          {words.form.save}
        </button>
      </form>
    </Page>
  )
}

/** The other device has deleted it, or the server does not have it any more. */
export const goneElsewhere = ({ theirs }: LogItem) => theirs === null || theirs.state === 'void'

interface SideProps {
  readonly title: string
  readonly rows: readonly Row[]
  readonly other: readonly Row[] | null
}

export function Side({ title, rows, other }: SideProps) {
  const differs = (row: Row) =>
    other !== null &&
    other.find((one) => one.field === row.field && one.label === row.label)?.text !== row.text
  return (
    <section>
      <h2 class="heading">{title}</h2>
      <dl class="answers">
        {rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>
              {row.text} {differs(row) && <span class="tag tag--asks">{words.two.differs}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
