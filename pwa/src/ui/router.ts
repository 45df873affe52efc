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
}

/** Back to where the person came from; to `otherwise` when the app was opened on this page. */
export function goBack(otherwise: string): void {
  if (moved && history.length > 1) history.back()
  else go(otherwise, { replace: true })
}

export function followLinks(): void {
  history.scrollRestoration = 'manual'
  addEventListener('popstate', () => {
    const seen = scrolled.get(location.pathname) ?? 0
    arrive(null)
    requestAnimationFrame(() => requestAnimationFrame(() => scroller().scrollTo(0, seen)))
  })
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

// How far each page was scrolled: Back returns to the same place in a long list.
const scrolled = new Map<string, number>()

/** On phones the part above the tab bar scrolls, on wide screens the whole page. */
function scroller(): Element {
  const view = document.querySelector('.view')
  const own = view !== null && getComputedStyle(view).overflowY === 'auto'
  return own ? view : (document.scrollingElement ?? document.documentElement)
}

function arrive(news: Notice | null): void {
  moved = true
  scrolled.set(where.value.path, scroller().scrollTop)
  scroller().scrollTo(0, 0)
  notice.value = news
  where.value = { path: location.pathname, search: location.search }
}
