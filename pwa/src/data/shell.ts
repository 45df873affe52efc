// The app's own files: registers the service worker, looks for a new version, starts a waiting one when told to.

export interface Shell {
  /** A newer version of the app waits to be started. */
  ready(): boolean
  watch(listener: () => void): void
  take(): void
}

const WORKER = '/sw.js'
// Browsers look for a new version when a page is loaded. An app on a phone stays loaded for days.
const LOOK_AGAIN_MS = 3_600_000

export function shell(): Shell {
  const listeners: (() => void)[] = []
  let waiting: ServiceWorker | null = null
  const found = (worker: ServiceWorker | null) => {
    // The first version ever takes over by itself: there is nothing that it could break.
    if (worker === null || navigator.serviceWorker.controller === null) return
    waiting = worker
    for (const listener of listeners) listener()
  }
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : null
  worker
    ?.register(trusted(WORKER) as string, { updateViaCache: 'none' })
    .then((registration) => {
      found(registration.waiting)
      registration.addEventListener('updatefound', () => {
        const coming = registration.installing
        coming?.addEventListener('statechange', () => coming.state === 'installed' && found(coming))
      })
      lookAgain(registration)
      return worker.ready
    })
    .then(({ active }) => {
      if (worker.controller === null) active?.postMessage('claim')
    })
    // Without its worker the app only needs signal to start.
    .catch(() => undefined)
  return {
    ready: () => waiting !== null,
    watch: (listener) => listeners.push(listener),
    take() {
      if (waiting !== null) waiting.postMessage('take_over')
      // The server wants a newer version and none was found yet: loading the page looks for it.
      else location.reload()
    },
  }
}

/** Calls back in every tab when another version holds the app's files: the page that is shown is the old one. */
export function whenReplaced(act: () => void): void {
  if (!('serviceWorker' in navigator)) return
  let held = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (held) act()
    held = true
  })
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let looked = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Math.abs(Date.now() - looked) < LOOK_AGAIN_MS) return
    looked = Date.now()
    // Without signal it looks again later.
    registration.update().catch(() => undefined)
  })
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown }
}

/** The page may start one script by its address, and this is the one. */
function trusted(url: string): unknown {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (types === undefined) return url
  const policy = types.createPolicy('app', {
    createScriptURL(asked) {
      if (asked !== WORKER) throw new TypeError('only the service worker may be started')
      return asked
    },
  })
  return policy.createScriptURL(url)
}
