// Speaks to the server: the only file that calls fetch. An answer without our mark is "no network".
import type {
  DeviceAnswer,
  Problem,
  PullAnswer,
  PullRequest,
  PushAnswer,
  PushRequest,
  SessionAnswer,
} from './schema.gen'

/** Long enough for a weak signal, short enough to try a smaller batch while the worker is still there. */
const TIMEOUT_MS = 30_000

export type Failure =
  | { readonly kind: 'network' }
  | { readonly kind: 'timeout' }
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly code: string
      readonly problems: readonly Problem[]
      readonly retry_after_ms: number | null
    }

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

export interface Tagged<T> {
  readonly value: T
  readonly tag: string | null
}

export interface Wire {
  signIn(login: string, password: string): Promise<Reply<SessionAnswer>>
  join(code: string, login: string, password: string): Promise<Reply<SessionAnswer>>
  session(): Promise<Reply<SessionAnswer>>
  signOut(): Promise<Reply<null>>
  bind(device_id: string, device: { name: string; app: string }): Promise<Reply<DeviceAnswer>>
  push(request: PushRequest): Promise<Reply<PushAnswer>>
  pull(request: PullRequest): Promise<Reply<PullAnswer>>
  /** Whether our server can be reached: its own mark, not some hotspot's page. */
  alive(): Promise<boolean>
  /** A plain reading, such as the volumes. */
  read<T>(path: string): Promise<Reply<T>>
  /** Reads what may not have changed since the tag given: then the value is null. */
  readSince<T>(path: string, tag: string | null): Promise<Reply<Tagged<T> | null>>
  /** What has to be said while there is signal, such as that a month is closed. */
  put<T>(path: string, body: unknown): Promise<Reply<T>>
}

export function wire(fetch: typeof globalThis.fetch, timeout_ms = TIMEOUT_MS): Wire {
  async function call<T>(method: string, path: string, body?: unknown, marked = true): Promise<Reply<T>> {
    return ask(method, path, { body, marked }, (value: T) => value)
  }

  async function ask<T, R>(
    method: string,
    path: string,
    { body, marked = true, tag = null }: { body?: unknown; marked?: boolean; tag?: string | null },
    made: (value: T, headers: Headers) => R,
  ): Promise<Reply<R>> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), timeout_ms)
    try {
      const response = await fetch(`/api${path}`, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: abort.signal,
        ...(body === undefined
          ? { headers: tag === null ? {} : { 'If-None-Match': tag } }
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status === 204 || (response.status === 304 && tag !== null)) {
        return { ok: true, value: null as R }
      }
      const reply = understood<T>(response, text, marked)
      return reply.ok ? { ok: true, value: made(reply.value, response.headers) } : reply
    } catch {
      return { ok: false, failure: { kind: abort.signal.aborted ? 'timeout' : 'network' } }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    signIn: (login, password) => call('POST', '/session', { login, password }),
    join: (code, login, password) => call('POST', '/session/join', { code, login, password }),
    session: () => call('GET', '/session'),
    signOut: () => call('DELETE', '/session'),
    bind: (device_id, device) => call('PUT', `/devices/${device_id}`, device),
    push: (request) => call('POST', '/sync/push', request),
    pull: (request) => call('POST', '/sync/pull', request),
    alive: async () => (await call('GET', '/health/live')).ok,
    read: (path) => call('GET', path, undefined, false),
    readSince: <T>(path: string, tag: string | null) =>
      ask('GET', path, { tag }, (value: T, headers): Tagged<T> | null => ({
        value,
        tag: headers.get('ETag'),
      })),
    put: (path, body) => call('PUT', path, body),
  }
}

/**
 * Throws where the answer is not from our server: a hotspot's page, a proxy's error, half an answer.
 * Figures carry no mark when they are right; nothing that is kept is decided by them.
 */
function understood<T>(response: Response, text: string, marked: boolean): Reply<T> {
  const value = JSON.parse(text)
  const ours = value !== null && typeof value === 'object' && value.server === 'alongside'
  if (!ours && (marked || !response.ok)) throw new Error('not our server')
  if (response.ok) return { ok: true, value }
  return {
    ok: false,
    failure: {
      kind: 'refused',
      status: response.status,
      code: typeof value.code === 'string' ? value.code : 'unexpected',
      problems: Array.isArray(value.problems) ? value.problems : [],
      retry_after_ms: waitAsked(response.headers.get('Retry-After')),
    },
  }
}

function waitAsked(header: string | null): number | null {
  const seconds = Number(header)
  return header === null || !Number.isFinite(seconds) ? null : Math.max(0, seconds * 1000)
}
