// Pages that say why there is nothing to see, and where to go.
import { useEffect } from 'preact/hooks'
import { live } from '../ui/live'
import { Page } from '../ui/page'
import { home, mayLog } from '../ui/roles'
import { go } from '../ui/router'
import { words } from '../words/en'

export function NotFound() {
  return (
    <Page title={words.notFound.title}>
      <p class="text">{words.notFound.text}</p>
      <HomeButton />
    </Page>
  )
}

/** A way on, to the start page of whoever is logged in. */
function HomeButton() {
  const to = home(live.session.value)
  return (
    <p>
      <a class="button" href={to}>
        {to === '/' ? words.notFound.home : words.notFound.homeReports}
      </a>
    </p>
  )
}

export function NoAccess() {
  return (
    <Page title={words.noAccess.title}>
      <p class="text">{words.noAccess.text}</p>
      <HomeButton />
    </Page>
  )
}

export function NoStorage() {
  return (
    <Page title={words.signIn.noStorageTitle}>
      <p class="text">{words.signIn.noStorage}</p>
    </Page>
  )
}

/** For those whose start page is another one. */
export function Redirect({ to }: { readonly to: string }) {
  useEffect(() => go(to, { replace: true }), [to])
  return null
}

interface NeedsSignalProps {
  readonly title?: string
  readonly onAgain?: () => void
}

export function NeedsSignal({
  title = words.needsSignal.title,
  onAgain = () => location.reload(),
}: NeedsSignalProps) {
  return (
    <Page title={title}>
      <p class="text">{mayLog(live.session.value) ? words.needsSignal.text : words.needsSignal.plain}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={onAgain}>
          {words.needsSignal.again}
        </button>
        {mayLog(live.session.value) && (
          <a class="button button--quiet" href="/my-log">
            {words.nav.myLog}
          </a>
        )}
      </div>
    </Page>
  )
}
