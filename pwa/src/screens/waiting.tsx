// What is on this phone and not sent yet, in plain words, with the one button that sends it now.
import { useSignal } from '@preact/signals'
import { moment } from '../ui/dates'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { words } from '../words/en'
import { LogRow } from './my-log'
import { problemText } from './reason'

export function Waiting() {
  const { sync, log, persons } = live.value
  const tried = useSignal(false)
  const of = (sending: string) => log.filter((item) => item.sending === sending)
  const [waiting, look, two] = [of('waiting'), of('needs_a_look'), of('changed_in_two_places')]
  const lookCodes = persons.filter(
    (one) => one.sending === 'needs_a_look' || one.sending === 'changed_in_two_places',
  )
  const codes = persons.filter((one) => one.sending === 'waiting').length
  const asks = look.length + two.length + lookCodes.length > 0
  const nothing = waiting.length + codes === 0

  return (
    <Page title={words.waiting.title} back="/">
      <div role="status">
        <p class="text">{say()}</p>
      </div>
      {waiting.length > 0 && codes > 0 && <p class="text text--quiet">{words.waiting.people(codes)}</p>}
      {sync.phase === 'needs_signin' ? (
        <Act to="/sign-in" text={words.banners.logIn} name={words.signIn.title} />
      ) : (
        !nothing && (
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
      <Some title={words.waiting.look} text={words.waiting.lookText} of={look} path="look" />
      {lookCodes.length > 0 && (
        <section>
          <h2 class="heading">{words.waiting.codes}</h2>
          <dl class="answers">
            {lookCodes.map(({ person, reason, problems }) => (
              <div key={person.id}>
                <dt>{person.code}</dt>
                <dd>{problemText(reason, problems)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Some title={words.waiting.two} text={words.two.lead} of={two} path="choose" />
      <Some title={words.waiting.title} of={waiting} />
      {!nothing && (
        <p class="text text--quiet">
          {sync.last_sent_at === null
            ? words.waiting.never
            : words.waiting.lastSent(moment(sync.last_sent_at))}
        </p>
      )}
    </Page>
  )

  function say(): string {
    if (sync.phase === 'sending') return words.waiting.sending(waiting.length || 1)
    if (nothing) {
      return asks || sync.last_sent_at === null
        ? words.waiting.nothingElse(asks)
        : words.waiting.allSent(moment(sync.last_sent_at))
    }
    if (sync.phase === 'offline') return words.waiting.offline
    if (sync.phase === 'server_down' && tried.value) return words.waiting.couldNot
    return words.waiting.some(waiting.length || codes)
  }
}

interface SomeProps {
  readonly title: string
  readonly text?: string
  readonly of: ReturnType<typeof live.peek>['log']
  readonly path?: string
}

function Some({ title, text, of, path }: SomeProps) {
  if (of.length === 0) return null
  return (
    <section>
      <h2 class="heading">{title}</h2>
      {text && <p class="text text--quiet">{text}</p>}
      <ul class="rows">
        {of.map((item) => (
          <li key={item.id}>
            <LogRow item={item} day {...(path === undefined ? {} : { path })} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Act({ to, text, name }: { readonly to: string; readonly text: string; readonly name: string }) {
  return (
    <div class="banner banner--stacked">
      <div class="banner__text">
        <p>{text}</p>
      </div>
      <a class="button button--small" href={to}>
        {name}
      </a>
    </div>
  )
}
