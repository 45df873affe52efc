// Runs in a page before the app: says what the app's storage is doing, and stops the app at a chosen moment.
//
// It stands in the browser's own functions. The product knows nothing of it, and has no switch for it.

export type Moment = 'adding' | 'complete' | 'heard' | 'settling'

interface Watched {
  stopAt?: Moment
}

/** Stops the app when it next comes to this moment. */
export function stopAt(moment: Moment): void {
  ;(globalThis as Watched).stopAt = moment
}

/** Says on the console `watch: <moment> <operations>`. It is handed to the browser as text, so it stands alone. */
export function watch(): void {
  const say = (moment: string, about: string) => console.debug(`watch: ${moment} ${about}`)
  const stops = (moment: string) => (globalThis as Watched).stopAt === moment
  const saves = new WeakMap<IDBTransaction, string[]>()

  /** Keeps a transaction from ending: it always has one more request. */
  function lengthen(store: IDBObjectStore): void {
    store.get('no such key').onsuccess = () => lengthen(store)
  }

  const { add, put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (value, ...key) {
    const request = add.call(this, value, ...key)
    if (this.name === 'outbox') {
      saves.set(this.transaction, [...(saves.get(this.transaction) ?? []), value.id])
      request.addEventListener('success', () => {
        if (stops('adding')) lengthen(this)
        say('adding', value.id)
      })
    }
    return request
  }
  IDBObjectStore.prototype.put = function (value, ...key) {
    const request = put.call(this, value, ...key)
    if (this.name === 'drafts') {
      this.transaction.addEventListener('complete', () => say('draft', value.id))
    }
    if (this.name === 'outbox' && value.standing?.state === 'settled') {
      request.addEventListener('success', () => {
        if (stops('settling')) lengthen(this)
        say('settling', value.id)
      })
    }
    return request
  }

  const { addEventListener } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function (
    this: EventTarget,
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ) {
    if (!(this instanceof IDBTransaction) || type !== 'complete' || typeof listener !== 'function') {
      addEventListener.call(this, type, listener, options)
      return
    }
    const later = (event: Event) => {
      const saved = saves.get(this)
      if (saved !== undefined) say('complete', saved.join(' '))
      if (saved === undefined || !stops('complete')) listener.call(this, event)
    }
    addEventListener.call(this, type, later, options)
  }

  const { text } = Response.prototype
  Response.prototype.text = async function () {
    const found = await text.call(this)
    if (!this.url.endsWith('/api/sync/push')) return found
    say('heard', '')
    return stops('heard') ? new Promise<string>(() => undefined) : found
  }

  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (name, ...version) {
    say('opening', name)
    return open.call(this, name, ...version)
  }
}
