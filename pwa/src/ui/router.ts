// Where we are, by the History API. Plain links work: a click on one of ours changes the page without loading it.
import { signal } from '@preact/signals'
import { type Notice, notice } from './notice'

export const where = signal({ path: location.pathname, search: location.search })

/** False until the first change of page: the browser itself has announced the page that was loaded. */
export let moved = false

export function go(to: string, options: { replace?: boolean; notice?: Notice } = {}): void {
  if (options.replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  arrive(options.notice ?? null)
  window.scrollTo(0, 0)
}

/** Back to where the person came from; to `otherwise` when the app was opened on this page. */
export function goBack(otherwise: string): void {
  if (moved && history.length > 1) history.back()
  else go(otherwise, { replace: true })
}

export function followLinks(): void {
  addEventListener('popstate', () => arrive(null))
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    if (link.origin !== location.origin || link.hasAttribute('download') || link.target) return
    if (link.getAttribute('href')?.startsWith('#') || link.pathname.startsWith('/api/')) return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}

function arrive(news: Notice | null): void {
  moved = true
  notice.value = news
  where.value = { path: location.pathname, search: location.search }
}
