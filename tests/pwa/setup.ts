// Gives every test file an IndexedDB of its own, and counts what is under way in it and in the cipher, so that a
// test can wait until nothing is.
const soon = globalThis.setImmediate
export const underWay = { count: 0 }

function counted(work: (...args: never[]) => void, ...args: never[]) {
  underWay.count += 1
  return soon(() => {
    underWay.count -= 1
    work(...args)
  })
}
globalThis.setImmediate = Object.assign(counted, soon) as typeof setImmediate

for (const name of ['encrypt', 'decrypt', 'digest', 'importKey'] as const) {
  const real = crypto.subtle[name].bind(crypto.subtle) as (...args: unknown[]) => Promise<unknown>
  const watched = (...args: unknown[]) => {
    underWay.count += 1
    return real(...args).finally(() => {
      underWay.count -= 1
    })
  }
  Object.assign(crypto.subtle, { [name]: watched })
}

/** One turn of the event loop, not counted. */
export function turn(): Promise<void> {
  return new Promise((done) => {
    soon(() => done())
  })
}

await import('fake-indexeddb/auto')
