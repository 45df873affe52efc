// Keeps the app's own files, so that it opens without signal. It never touches /api and keeps no data; a new
// version takes over only when the page says so, and a page that is still open finds the files of its own version.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope
declare const __SHELL__: { url: string; revision: string | null; integrity: string }[]

// The parts of versions before this one, one cache for each version that came after them.
const BEFORE = 'before-'
const KEPT_VERSIONS = 2

precacheAndRoute(__SHELL__)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api(\/|$)/] }))
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request.url, { ignoreVary: true })) ?? self.fetch(request),
)

self.addEventListener('message', (event) => {
  if (event.data === 'take_over') void self.skipWaiting()
  // A page that was loaded while the worker was just starting is nobody's: it asks.
  if (event.data === 'claim') void self.clients.claim()
})
self.addEventListener('install', (event) => {
  // Without room for the old parts, the new ones still count.
  event.waitUntil(keepOfBefore().catch(() => undefined))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetLongAgo()]))
})

/** Taking over drops what this version does not have: a form that is open then still has to find its parts. */
async function keepOfBefore(): Promise<void> {
  const current = (await caches.keys()).find((name) => name.startsWith('workbox-precache'))
  if (current === undefined) return
  const mine = new Set(__SHELL__.map(({ url }) => url))
  const had = await caches.open(current)
  const old = (await had.keys()).filter(({ url }) => {
    const { pathname } = new URL(url)
    return pathname.startsWith('/assets/') && !mine.has(pathname)
  })
  if (old.length === 0) return
  const before = await caches.open(BEFORE + version())
  for (const request of old) {
    const answer = await had.match(request)
    if (answer) await before.put(request, answer)
  }
}

/** Caches are named in the order in which they were made. */
async function forgetLongAgo(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(BEFORE))
  await Promise.all(names.slice(0, -KEPT_VERSIONS).map((name) => caches.delete(name)))
}

const version = () => __SHELL__.find(({ url }) => url === '/index.html')?.revision ?? ''
