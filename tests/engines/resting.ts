// What rests on a phone, read from its IndexedDB beside the app, each body opened with the key that lies there; and
// what is wrong with it, by itself and beside what the server holds.
import type { Entries } from './held'
import type { Tab } from './tab'

export interface Resting {
  /** The last number that was given to an operation. */
  readonly issued: number
  readonly outbox: readonly Operation[]
  /** Entries and persons as the server last told them. */
  readonly replica: readonly string[]
  /** The things that drafts would become. */
  readonly drafts: readonly string[]
}

interface Operation {
  readonly id: string
  readonly thing_id: string
  readonly n: unknown
  readonly state: string
  /** What is sealed in it, or why that cannot be read. */
  readonly minutes: number | string
}

export const resting = (tab: Tab): Promise<Resting> =>
  tab.run(async () => {
    const all = await indexedDB.databases()
    const name = all.find((one) => one.name?.startsWith('alongside-'))?.name
    if (name === undefined) throw new Error('nobody has signed in on this phone')
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => failed(request.error)
      })
    const db = await answer(indexedDB.open(name))
    const tx = db.transaction(['outbox', 'replica', 'drafts', 'meta'])
    const [outbox, replica, drafts, meta] = await Promise.all([
      answer(tx.objectStore('outbox').getAll()),
      answer(tx.objectStore('replica').getAll()),
      answer(tx.objectStore('drafts').getAllKeys()),
      answer(tx.objectStore('meta').get('phone')),
    ])
    db.close()
    const user_id = name.slice('alongside-'.length)
    const opened = outbox.map(async ({ id, thing_id, n, standing, sealed }) => {
      const { key } = meta.keys.find((one: { id: string }) => one.id === sealed.key)
      const additionalData = new TextEncoder().encode(`outbox|${id}|${user_id}|${meta.device_id}`)
      const cipher = { name: 'AES-GCM', iv: sealed.iv, additionalData }
      const minutes = await crypto.subtle.decrypt(cipher, key, sealed.box).then(
        (text) => JSON.parse(new TextDecoder().decode(text)).operation.set.minutes,
        (error) => `cannot be read: ${error}`,
      )
      return { id, thing_id, n, state: standing.state, minutes }
    })
    return {
      issued: meta.issued,
      outbox: await Promise.all(opened),
      replica: replica.map(({ id }) => id),
      drafts: drafts.map(String),
    }
  })

/** What is half done on the phone, in words; nothing when all is whole. */
export function torn({ issued, outbox, drafts }: Resting): string[] {
  const numbers = outbox.map(({ n }) => n)
  const things = new Set(outbox.map(({ thing_id }) => thing_id))
  return [
    ...outbox.filter(({ n }) => !Number.isInteger(n)).map(({ id }) => `${id} has no number`),
    ...numbers.filter((n, at) => numbers.indexOf(n) !== at).map((n) => `number ${n} was given twice`),
    ...Array.from({ length: issued }, (_, at) => at + 1)
      .filter((n) => !numbers.includes(n))
      .map((n) => `number ${n} was given and nothing has it`),
    ...numbers.filter((n) => Number(n) > issued).map((n) => `number ${n} is above the last given, ${issued}`),
    ...drafts.filter((id) => things.has(id)).map((id) => `${id} is a draft and was saved`),
    ...outbox
      .filter(({ minutes }) => typeof minutes !== 'number')
      .map(({ id, minutes }) => `${id} ${minutes}`),
  ]
}

/** What was saved and, after everything was sent, is not on the server as it was saved. */
export function notThere({ outbox }: Resting, there: Entries): string[] {
  return outbox
    .filter(({ thing_id, minutes, state }) => there.get(thing_id) !== minutes || state !== 'settled')
    .map(({ thing_id, state }) => `${thing_id}, ${state}, is not on the server as it was saved`)
}

/** What the server has and, after everything was pulled, the phone was not told of. */
export function notHere({ replica }: Resting, there: Entries): string[] {
  return [...there.keys()].filter((id) => !replica.includes(id)).map((id) => `${id} was not pulled`)
}

/** What the server has and nobody saved, here or elsewhere. */
export function strange({ outbox }: Resting, there: Entries, elsewhere: ReadonlySet<string>): string[] {
  const known = new Set(outbox.map(({ thing_id }) => thing_id))
  return [...there.keys()]
    .filter((id) => !known.has(id) && !elsewhere.has(id))
    .map((id) => `${id} is on the server, and on no phone`)
}
