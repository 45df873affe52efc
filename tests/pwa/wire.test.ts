import { expect, test } from 'vitest'
import { wire } from '../../pwa/src/data/wire'

function answering(body: BodyInit | null, init: ResponseInit = {}) {
  return wire(async () => new Response(body, init))
}

const MARKED = { server: 'alongside', epoch: 1 }

test('an answer with our mark is taken', async () => {
  expect(await answering(JSON.stringify(MARKED)).session()).toEqual({ ok: true, value: MARKED })
})

test.each([
  ['a page of a hotspot', '<h1>Free wifi</h1>', 200],
  ['half an answer', JSON.stringify(MARKED).slice(0, 12), 200],
  ["another server's JSON", '{"ok":true}', 200],
  ["a proxy's 401", '{"error":"sign in to the network"}', 401],
  ["a proxy's 502", 'Bad gateway', 502],
  ['nothing at all', '', 200],
  ['JSON that is nothing', 'null', 200],
])('%s is no network', async (_, body, status) => {
  expect(await answering(body, { status }).session()).toEqual({ ok: false, failure: { kind: 'network' } })
})

test('a refusal says its status, code, problems and how long to wait', async () => {
  const body = JSON.stringify({ server: 'alongside', code: 'busy', problems: [{ code: 'busy' }] })
  const busy = answering(body, { status: 503, headers: { 'Retry-After': '5' } })
  expect(await busy.session()).toEqual({
    ok: false,
    failure: {
      kind: 'refused',
      status: 503,
      code: 'busy',
      problems: [{ code: 'busy' }],
      retry_after_ms: 5000,
    },
  })
})

test('what takes too long is a timeout, and is told from a missing network', async () => {
  const stuck: typeof fetch = (_, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
  expect(await wire(stuck, 5).session()).toEqual({ ok: false, failure: { kind: 'timeout' } })
  const none: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'))
  expect(await wire(none, 5).session()).toEqual({ ok: false, failure: { kind: 'network' } })
})

test('a body that stops half way is a timeout too', async () => {
  const half: typeof fetch = async (_, init) => {
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode('{"server":'))
        init?.signal?.addEventListener('abort', () => stream.error(new Error('aborted')))
      },
    })
    return new Response(body)
  }
  expect(await wire(half, 5).session()).toEqual({ ok: false, failure: { kind: 'timeout' } })
})

test('writes are JSON of the same origin, and redirects are not followed', async () => {
  const asked: { path: string; init: RequestInit | undefined }[] = []
  const server = wire(async (path, init) => {
    asked.push({ path: String(path), init })
    return new Response(null, { status: 204 })
  })
  await server.signIn('sam', 'secret')
  await server.signOut()
  expect(asked).toMatchObject([
    {
      path: '/api/session',
      init: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"login":"sam","password":"secret"}',
        credentials: 'same-origin',
        redirect: 'error',
        cache: 'no-store',
      },
    },
    { path: '/api/session', init: { method: 'DELETE' } },
  ])
  expect(asked[1]?.init?.body).toBeUndefined()
})
