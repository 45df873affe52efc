// What comes back to a phone: the server's answer, or that of somebody in between.

/** An answer as it leaves the server. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
  readonly retry_after: string | null
  /** Of these operations, the ones that the server's table holds after a push, each with its outcome. */
  readonly stored?: Readonly<Record<string, string>>
  /** One that was refused as if its author had never been in the team. */
  readonly wrongly_refused?: string | null
}

export interface FakeResponse {
  readonly status: number
  readonly ok: boolean
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

export const PORTALS = [
  { status: 200, body: '<h1>Welcome to Free Wifi</h1>' },
  { status: 302, body: '' },
  { status: 401, body: '{"error":"sign in to the network"}' },
  { status: 511, body: '<a href="/login">Network Authentication Required</a>' },
]
export const PROXY = [
  { status: 502, body: '<h1>502 Bad Gateway</h1>' },
  { status: 504, body: '' },
  { status: 200, body: '{"server":"somebody else","epoch":99}' },
]

export function response(status: number, body: string, retry_after: string | null): FakeResponse {
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name) => (name.toLowerCase() === 'retry-after' ? retry_after : null) },
    text: () => Promise.resolve(body),
  }
}

/** What the trace says of an answer: enough to read, and nothing that differs from run to run. */
export function short(answer: Answer): string {
  try {
    const value = JSON.parse(answer.body)
    if (Array.isArray(value.results)) {
      const told = value.results.map(
        (one: { outcome: string; first?: string; reason?: string; id: string | null }) =>
          `${one.id?.slice(-6)}:${one.outcome}${one.first ? `(${one.first})` : ''}${one.reason ? `/${one.reason}` : ''}`,
      )
      return `epoch ${value.epoch} ${told.join(' ')}`
    }
    if (value.teams) {
      const pages = Object.values(
        value.teams as Record<string, { reset?: string; rows?: unknown[]; more?: boolean }>,
      )
      const told = pages.map((page) => page.reset ?? `${page.rows?.length}${page.more ? '+' : ''}`)
      return `epoch ${value.epoch} scope ${value.scope_version} rows ${told.join(' ')}`
    }
    return value.code ?? ''
  } catch {
    return ''
  }
}
