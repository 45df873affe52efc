// The app's own files: registers the service worker, and starts a waiting version when the worker says so.

export interface Shell {
  /** A newer version of the app waits to be started. */
  ready(): boolean
  watch(listener: () => void): void
  take(): void
}

const WORKER = '/sw.js'

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
    })
    // Without its worker the app only needs signal to start.
    .catch(() => undefined)
  return {
    ready: () => waiting !== null,
    watch: (listener) => listeners.push(listener),
    take() {
      worker?.addEventListener('controllerchange', () => location.reload(), { once: true })
      waiting?.postMessage('take_over')
    },
  }
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
