// A server in memory that keeps the contract of sync, for tests of the phone. What it stores can be looked at, and
// its faults can be chosen: no network, a hotspot's page, an answer that is lost after everything was stored.

import { after, onlySettles } from '../../pwa/src/data/fold'
import type { MadeOperation } from '../../pwa/src/data/outbox'
import type { Row } from '../../pwa/src/data/replica'
import type {
  OpenConflict,
  PullRequest,
  PushRequest,
  Result,
  SessionAnswer,
} from '../../pwa/src/data/schema.gen'

type Operation = PushRequest['operations'][number]

export type Fault = 'no_network' | 'answer_lost' | 'hotspot' | 'timeout' | { status: number; code: string }

interface Stored {
  readonly body: string
  readonly result: Result
  readonly seq: number
}

export class AServer {
  epoch = 1
  scope_version = 1
  teams = [TEAM]
  signed_in = false
  /** What somebody hears whose session has ended. */
  ended = 'not_signed_in'
  user_id = SAM
  /** Whose session it is when a device is bound, if another tab signs in and out meanwhile. */
  binds: string | null = null
  now = () => 0
  key = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)))
  own_key = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => 99 - i)))
  operations = new Map<string, Stored>()
  rows = new Map<string, { row: Row; seq: number }>()
  closed = new Set<string>()
  role: 'worker' | 'lead' = 'worker'
  /** What is read by its path and does not change by itself, such as the directory. */
  reads = new Map<string, object>()
  /** Open conflicts that somebody else has made. */
  others: OpenConflict[] = []
  seq = 0
  /** What happens to the next requests, one each; after that all is well. */
  faults: Fault[] = []
  /** A fault of every request to this path. */
  always: { path: RegExp; fault: Fault } | null = null
  /** Operations whose body the server cannot read, answers later, or trips over. */
  judge: (operation: Operation) => Partial<Result> | null = () => null
  refuses: (request: PushRequest) => Fault | null = () => null
  most_rows = 500
  requests: { path: string; body: unknown }[] = []
  service_id = SERVICE
  /** The next answer to such a path is held up on its way, until `letGo`. */
  holds: RegExp | null = null
  private held: (() => void)[] = []

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const path = String(input).replace('/api', '')
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    this.requests.push({ path, body })
    const wrong = this.always?.path.test(path) ? this.always.fault : this.faults.shift()
    if (wrong === undefined) {
      const answer = this.answer(init.method ?? 'GET', path, body, new Headers(init.headers))
      if (!this.holds?.test(path)) return answer
      this.holds = null
      return new Promise((done) => this.held.push(() => done(answer)))
    }
    return this.fail(wrong, init, () =>
      this.answer(init.method ?? 'GET', path, body, new Headers(init.headers)),
    )
  }

  letGo(): void {
    for (const done of this.held.splice(0)) done()
  }

  private async fail(fault: Fault, init: RequestInit, answer: () => Response): Promise<Response> {
    if (fault === 'no_network') throw new TypeError('Failed to fetch')
    if (fault === 'hotspot') return new Response('<h1>Welcome to Free Wifi</h1>', { status: 200 })
    if (fault === 'answer_lost') {
      answer()
      throw new TypeError('Failed to fetch')
    }
    if (fault === 'timeout') {
      return new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
      })
    }
    return problem(fault.status, fault.code)
  }

  private answer(method: string, path: string, body: unknown, headers: Headers): Response {
    if (path === '/session' && method === 'POST') this.signed_in = true
    if (!this.signed_in) return problem(401, this.ended)
    if (path === '/session' && method === 'DELETE') {
      this.signed_in = false
      return new Response(null, { status: 204 })
    }
    if (path.startsWith('/session')) return json(this.session())
    if (path.startsWith('/devices/')) {
      const user_id = this.binds ?? this.user_id
      return json({
        server: 'alongside',
        user_id,
        data_key: this.key,
        own_key: this.own_key,
        epoch: this.epoch,
      })
    }
    if (path === '/health/live') return json({ server: 'alongside', status: 'live' })
    if (path === '/service') {
      return json({
        server: 'alongside',
        id: this.service_id,
        name: 'Theirs',
        version: 1,
        settings: SETTINGS,
      })
    }
    if (path.startsWith('/volumes')) return json({ rows: [] })
    const of_team = this.plain(path)
    if (of_team !== null) return this.tagged(of_team, headers)
    if (path === '/sync/push') return this.push(body as PushRequest)
    if (path === '/sync/pull') return this.pull(body as PullRequest)
    return problem(404, 'not_found')
  }

  private plain(path: string): object | null {
    return this.reads.get(path) ?? null
  }

  private tagged(value: object, headers: Headers): Response {
    const tag = `"${JSON.stringify(value).length}"`
    if (headers.get('If-None-Match') === tag) return new Response(null, { status: 304 })
    const body = JSON.stringify({ server: 'alongside', ...value })
    return new Response(body, { headers: { 'Content-Type': 'application/json', ETag: tag } })
  }

  session(): SessionAnswer {
    const memberships = this.teams.map((team_id) => ({
      team_id,
      team_name: 'North',
      role: this.role,
    }))
    return {
      server: 'alongside',
      user: { id: this.user_id, name: 'Sam', login: 'sam' },
      service: { id: SERVICE, name: 'Peers', version: 1, settings: SETTINGS },
      memberships,
    }
  }

  private push(request: PushRequest): Response {
    const refusal = this.refuses(request)
    if (refusal !== null && typeof refusal === 'object') return problem(refusal.status, refusal.code)
    const results = request.operations.map((operation): Result => {
      if (request.user_id !== this.user_id) {
        return { id: operation.id, outcome: 'rejected', reason: 'forged', retry: 'never' }
      }
      return this.decide(operation)
    })
    return this.sync({ accepts_schema: [1, 1], results })
  }

  private decide(operation: Operation): Result {
    const body = JSON.stringify(operation)
    const known = this.operations.get(operation.id)
    if (known !== undefined) {
      if (known.body !== body)
        return { id: operation.id, outcome: 'rejected', reason: 'id_reused', retry: 'never' }
      const { outcome, ...rest } = known.result
      const record = this.rows.get(operation.thing_id)?.row ?? null
      return { ...rest, outcome: 'duplicate', first: outcome as 'applied' | 'conflict', record }
    }
    const wanted = this.judge(operation)
    if (wanted?.outcome === 'rejected') return { id: operation.id, outcome: 'rejected', ...wanted }
    const stored = this.rows.get(operation.thing_id)?.row ?? null
    const reason = wanted?.reason ?? conflictOf(operation, stored, this.open())
    this.seq += 1
    const { n: _, ...made } = operation
    const row = reason === null ? after(stored, made as MadeOperation, this.user_id) : stored
    if (reason === null && row !== null) this.rows.set(operation.thing_id, { row, seq: this.seq })
    if (reason === null && operation.closes) this.closed.add(operation.closes)
    const result: Result =
      reason === null
        ? { id: operation.id, outcome: 'applied', version: row?.version ?? null, seq: this.seq, record: row }
        : { id: operation.id, outcome: 'conflict', reason, seq: this.seq, record: row }
    this.operations.set(operation.id, { body, result, seq: this.seq })
    return result
  }

  private pull(request: PullRequest): Response {
    const teams = Object.fromEntries(
      this.teams.map((team_id) => {
        const cursor = request.cursors?.[team_id]
        const [epoch, seq] = cursor ? cursor.split('.').map(Number) : [this.epoch, 0]
        if (epoch !== this.epoch) return [team_id, { reset: 'epoch' }]
        const limit = Math.min(this.most_rows, request.limit ?? 500)
        const changed = [...this.rows.values()]
          .filter(({ row, seq: at }) => row.team_id === team_id && at > (seq ?? 0))
          .filter(({ row }) => !('author_id' in row) || row.author_id === this.user_id)
          .sort((a, b) => a.seq - b.seq)
        const rows = changed.slice(0, limit)
        const last = rows.at(-1)?.seq ?? seq ?? 0
        const page = {
          rows: rows.map(({ row }) => row),
          cursor: `${this.epoch}.${last}`,
          more: changed.length > limit,
        }
        return [team_id, page]
      }),
    )
    const conflicts = [...[...this.open()].map((op) => this.listed(op)), ...this.others]
    const { user_id, scope_version } = this
    return this.sync({ user_id, scope_version, scope: this.teams, teams, conflicts })
  }

  /** The conflicts that nobody has settled. */
  open(): Set<string> {
    const stored = [...this.operations].filter(([, { result }]) => result.outcome === 'conflict')
    return new Set(stored.map(([id]) => id).filter((id) => !this.closed.has(id)))
  }

  private listed(op: string): OpenConflict {
    const { body = '{}', result, seq = 0 } = this.operations.get(op) ?? {}
    const { n: _, made_at: _m, schema: _s, closes: _c, id: _i, set = {}, ...rest } = JSON.parse(body)
    return { op, ...rest, set, author_id: this.user_id, reason: result?.reason ?? '', received_at: seq }
  }

  private sync(answer: object): Response {
    return json({ server: 'alongside', protocol: 1, epoch: this.epoch, server_time: this.now(), ...answer })
  }

  /** Somebody changes the same entry elsewhere. */
  change(id: string, changed: object): void {
    const found = this.rows.get(id)
    if (found === undefined) throw new Error('no such entry')
    this.seq += 1
    const row = { ...found.row, ...changed, version: found.row.version + 1 } as Row
    this.rows.set(id, { row, seq: this.seq })
  }

  /** Yesterday's backup is put back: everything since is forgotten. */
  restore(): void {
    this.operations.clear()
    this.rows.clear()
    this.seq = 0
    this.epoch += 1
  }
}

export const SAM = '01900000-0000-7000-8000-0000000000aa'
export const SERVICE = '01900000-0000-7000-8000-0000000000bb'
export const TEAM = '01900000-0000-7000-8000-0000000000cc'
export const SETTINGS = {
  person_codes: 'optional',
  notes: 'short',
  kinds: ['one_to_one', 'accompanied_appointment', 'signposting', 'discharge_support'].map((kind) => ({
    kind: kind as 'one_to_one',
    label: kind,
    offered: true,
  })),
  back_dating_days: 60,
  small_numbers: 'mhsds',
  answers: {},
  week: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  leads_see: 'names',
} as const

function conflictOf(operation: Operation, stored: Row | null, open: ReadonlySet<string>): string | null {
  const settles = operation.closes != null && open.has(operation.closes)
  const { n: _, ...made } = operation
  if (settles && onlySettles(made as MadeOperation)) return null
  if (settles && stored === null && operation.action === 'void') return null
  if (operation.action === 'create') return stored === null ? null : 'exists'
  if (stored === null) return 'unknown_entry'
  if (operation.action !== 'amend') return null
  if ('state' in stored && stored.state === 'void') return 'entry_void'
  return operation.base === stored.version ? null : 'version'
}

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { status: 200, headers: { 'Content-Type': 'application/json' } })
}

function problem(status: number, code: string): Response {
  const body = { server: 'alongside', title: code, status, code, problems: [{ code }] }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
}
