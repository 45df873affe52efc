// Log in with a login name and a passphrase; or join with a one-time code and a passphrase of one's own.
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Answer } from '../data/phone'
import { ErrorSummary, type FormError } from '../ui/error-summary'
import { Field, PassphraseField } from '../ui/field'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { firstPage } from '../ui/roles'
import { go, where } from '../ui/router'
import { comfortWords } from '../words/comfort'
import { problems, words } from '../words/en'

const SHORTEST_PASSPHRASE = 12

export function SignIn() {
  const login = useSignal('')
  const password = useSignal('')
  const form = useSending()
  const sync = live.sync.value
  const cleared = live.cleared.value
  const why = sync.signed_out
    ? words.banners.signedOut
    : ({ needs_signin: words.signIn.again, account_closed: words.banners.closed }[sync.phase as string] ??
      words.strapline)

  function send() {
    const missing = [
      ...(login.value.trim() === '' ? [{ id: 'login', text: words.signIn.missingLogin }] : []),
      ...(password.value === '' ? [{ id: 'password', text: words.signIn.missingPassword }] : []),
    ]
    form.send(missing, () => phone.signIn(login.value.trim(), password.value))
  }

  return (
    <Page title={words.signIn.title} error={form.errors.value.length > 0}>
      <p class="text">{why}</p>
      {sync.signed_out && <p class="text text--quiet">{words.banners.signedOutSafe}</p>}
      <div role="status">
        {cleared && (
          <div class="banner">
            <div class="banner__text">
              <p>{words.signIn.cleared}</p>
            </div>
          </div>
        )}
      </div>
      <Sheet form={form} onSend={send} button={words.signIn.button}>
        <LoginField login={login} error={form.of('login')} />
        <PassphraseField
          id="password"
          label={words.signIn.password}
          error={form.of('password')}
          value={password.value}
          onInput={(text) => {
            password.value = text
          }}
        />
      </Sheet>
      <div class="stack">
        <a class="link" href="/join">
          {words.signIn.join}
        </a>
        <a class="link" href="/help/comfort">
          {comfortWords.title}
        </a>
      </div>
    </Page>
  )
}

export function Join() {
  // A code in the part of the address after # is never sent to a server. It leaves the address at once.
  const code = useSignal(decodeURIComponent(location.hash.slice(1)))
  const login = useSignal('')
  const password = useSignal('')
  const form = useSending()
  if (location.hash !== '') history.replaceState(history.state, '', where.value.path)

  function send() {
    const missing = [
      ...(code.value.trim() === '' ? [{ id: 'code', text: words.join.missingCode }] : []),
      ...(login.value.trim() === '' ? [{ id: 'login', text: words.signIn.missingLogin }] : []),
      ...(password.value.length < SHORTEST_PASSPHRASE
        ? [{ id: 'password', text: words.join.missingPassword }]
        : []),
    ]
    form.send(missing, () => phone.join(code.value.trim(), login.value.trim(), password.value))
  }

  return (
    <Page title={words.join.title} error={form.errors.value.length > 0}>
      <p class="text">{words.join.lead}</p>
      <Sheet form={form} onSend={send} button={words.join.button}>
        <Field
          id="code"
          label={words.join.code}
          autocomplete="one-time-code"
          error={form.of('code')}
          value={code.value}
          onInput={(text) => {
            code.value = text
          }}
        />
        <LoginField login={login} error={form.of('login')} />
        <PassphraseField
          id="password"
          label={words.join.password}
          hint={words.join.passwordHint}
          autocomplete="new-password"
          error={form.of('password')}
          value={password.value}
          onInput={(text) => {
            password.value = text
          }}
        />
      </Sheet>
      <a class="link" href="/sign-in">
        {words.join.signIn}
      </a>
    </Page>
  )
}

function LoginField({
  login,
  error,
}: {
  readonly login: Signal<string>
  readonly error: string | undefined
}) {
  return (
    <Field
      id="login"
      label={words.signIn.login}
      autocomplete="username"
      error={error}
      value={login.value}
      onInput={(text) => {
        login.value = text
      }}
    />
  )
}

interface SheetProps {
  readonly form: ReturnType<typeof useSending>
  readonly button: string
  readonly onSend: () => void
  readonly children: ComponentChildren
}

function Sheet({ form, button, onSend, children }: SheetProps) {
  return (
    <form
      noValidate
      class="panel sheet"
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      <ErrorSummary errors={form.errors.value} />
      {children}
      <button type="submit" class="button button--full" aria-disabled={form.sending.value}>
        {form.sending.value ? words.signIn.working : button}
      </button>
    </form>
  )
}

/** Sends once at a time, and says at which field the trouble is. */
function useSending() {
  const errors = useSignal<readonly FormError[]>([])
  const sending = useSignal(false)
  return {
    errors,
    sending,
    of: (id: string) => errors.value.find((error) => error.id === id)?.text,
    async send(missing: readonly FormError[], ask: () => Promise<Answer>) {
      if (sending.value) return
      errors.value = missing
      if (missing.length > 0) return
      sending.value = true
      const answer = await ask()
      sending.value = false
      if (answer.ok) go(returnTo(), { replace: true })
      else errors.value = [refusal(answer.problem)]
    },
  }
}

// Somebody who followed a link to a page comes to that page; somebody who logged in comes to their first one.
function returnTo(): string {
  const { path, search } = where.value
  return path === '/' || path === '/sign-in' || path === '/join'
    ? firstPage(live.session.value)
    : path + search
}

function refusal(problem: Extract<Answer, { ok: false }>['problem']): FormError {
  if (problem === 'offline') return { id: null, text: words.signIn.offline }
  if (problem === 'server_down') return { id: null, text: words.signIn.serverDown }
  const field = { wrong_code: 'code', weak_password: 'password', wrong_login: 'login' }[problem.code] ?? null
  return { id: field, text: problems[problem.code] ?? problems.unexpected ?? '' }
}
