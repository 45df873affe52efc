// What is on this phone and not sent yet, what each waits for, and the one button that sends it now.
import { useSignal } from '@preact/signals'
import type { LogItem, PersonItem } from '../data/phone'
import { moment } from '../ui/dates'
import { clockIsWrong, live, phone, waitedDays } from '../ui/live'
import { Page } from '../ui/page'
import { howItStands, useProgress, waitsFor } from '../ui/sending'
import { words } from '../words/en'
import { UnsentDecisions } from './lead/unsent'
import { LogRow } from './log-row'
import { UnsentReflections } from './portfolio/mentions'
import { codeText, problemText } from './reason'

export function Waiting() {
  const sync = live.sync.value
  const log = live.log.value
  const persons = live.persons.value
  const tried = useSignal(false)
  const progress = useProgress()
  const of = (sending: string) => log.filter((item) => item.sending === sending)
  const [waiting, look, two] = [of('waiting'), of('needs_a_look'), of('changed_in_two_places')]
  const lookCodes = persons.filter(
    (one) => one.sending === 'needs_a_look' || one.sending === 'changed_in_two_places',
  )
  const codes = persons.filter((one) => one.sending === 'waiting').length
  // Decisions and reflections among them: while something asks, nothing says that all is sent.
  const asks = sync.needs_a_look + sync.changed_in_two_places > 0
  const nothing = sync.waiting === 0
  const all = { logs: waiting.length, codes, asks, tried: tried.value, days: waitedDays() }
  const mayTry = !nothing && sync.phase !== 'account_closed' && sync.phase !== 'update_needed'

  return (
    <Page title={words.waiting.title} back="/">
      {progress && (
        <p class="text" aria-hidden="true">
          {words.waiting.sending(progress.place, progress.of)}
        </p>
      )}
      <div role="status">
        {progress ? (
          <p class="nhsuk-u-visually-hidden">{words.waiting.sending(progress.said, progress.of)}</p>
        ) : (
          <p class="text">{howItStands(sync, all)}</p>
        )}
      </div>
      {waiting.length > 0 && codes > 0 && <p class="text text--quiet">{words.waiting.people(codes)}</p>}
      {sync.signed_out || sync.phase === 'needs_signin' ? (
        <p class="buttons">
          <a class="button" href="/sign-in">
            {words.signIn.title}
          </a>
        </p>
      ) : (
        mayTry && (
          <div class="buttons">
            <button
              type="button"
              class="button"
              aria-disabled={sync.phase === 'sending'}
              onClick={() => {
                tried.value = true
                phone.sendNow()
              }}
            >
              {words.waiting.now}
            </button>
          </div>
        )
      )}
      {asks && clockIsWrong() && <p class="nhsuk-inset-text">{words.waiting.clock}</p>}
      <Some title={words.waiting.look} text={words.waiting.lookText} of={look} path="look" why={reason} />
      <Codes of={lookCodes} />
      <Some title={words.waiting.two} text={words.two.choose} of={two} path="choose" why={() => null} />
      <Some
        // Alone on the page it is what the page is called after.
        title={asks ? words.waiting.rest : null}
        of={waiting}
        why={({ id }) => waitsFor(sync, id)}
      />
      <UnsentDecisions />
      <UnsentReflections />
      {!nothing && (
        <p class="text text--quiet">
          {sync.last_sent_at === null
            ? words.waiting.never
            : words.waiting.lastSent(moment(sync.last_sent_at))}
        </p>
      )}
    </Page>
  )
}

const reason = ({ reason, problems, entry }: LogItem) => problemText(reason, problems, entry.happened_on)

interface SomeProps {
  readonly title: string | null
  readonly text?: string
  readonly of: readonly LogItem[]
  readonly path?: string
  readonly why: (item: LogItem) => string | null
}

function Some({ title, text, of, path, why }: SomeProps) {
  if (of.length === 0) return null
  return (
    <section>
      {title !== null && <h2 class="heading">{title}</h2>}
      {text && <p class="text text--quiet">{text}</p>}
      <ul class="rows">
        {of.map((item) => (
          <li key={item.id}>
            <LogRow item={item} day why={why(item)} {...(path === undefined ? {} : { path })} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Codes({ of }: { readonly of: readonly PersonItem[] }) {
  if (of.length === 0) return null
  return (
    <section>
      <h2 class="heading">{words.waiting.codes}</h2>
      <ul class="rows">
        {of.map(({ person, reason, problems }) => (
          <li key={person.id}>
            <a class="row" href={`/person/${person.id}/look`}>
              <span class="row__text">
                <b>{person.code}</b>
                <span>{codeText(reason, problems)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
