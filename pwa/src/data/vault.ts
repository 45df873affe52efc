// Seals what people wrote before it rests on the phone. Ways to unlock it are added here and nowhere else.
//
// The data key comes from the server, which keeps it for this user and device. For now it rests beside what it
// seals: that is no protection from somebody who has the disk. It cannot be read out by a script.

export interface Sealed {
  readonly key: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly box: ArrayBuffer
}

export interface DataKey {
  readonly id: string
  readonly key: CryptoKey
}

export interface Vault {
  /** Call it before a transaction is opened: waiting for it inside one ends the transaction. */
  seal(store: string, id: string, value: unknown): Promise<Sealed>
  open<T>(store: string, id: string, sealed: Sealed): Promise<T>
  /** Seals what nobody but this user is to read, on whichever phone: base64, as the server keeps it. */
  sealOwn(id: string, text: string): Promise<string>
  openOwn(id: string, sealed: string): Promise<string>
}

/** How the sealed words of the own key begin; another way to seal them would be another number. */
const FORM = 1
const IV_BYTES = 12
/** The words of a reflection in UTF-8: sealed, they stay within the 8 KiB that the server takes. */
const MOST_TEXT_BYTES = 8_000

/** How many bytes of UTF-8 still fit into a reflection; less than nothing where it is too long. */
export function roomFor(text: string): number {
  return MOST_TEXT_BYTES - new TextEncoder().encode(text).length
}

/**
 * `keys`: the one in use first, then those that older rows were sealed with. `own` the same, of the keys that are the
 * user's on every phone.
 */
export function vault(
  keys: readonly DataKey[],
  user_id: string,
  device_id: string,
  own: readonly DataKey[] = [],
): Vault {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const known = new WeakMap<Sealed, unknown>()
  const aad = (store: string, id: string) => encoder.encode([store, id, user_id, device_id].join('|'))
  // No device is part of it: the same user's other phone has to open it.
  const ownAad = (id: string) => encoder.encode(['reflection', id, user_id].join('|'))
  return {
    async seal(store, id, value) {
      const current = keys[0]
      if (current === undefined) throw new Error('the vault has no key')
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = encoder.encode(JSON.stringify(value))
      const cipher = { name: 'AES-GCM', iv, additionalData: aad(store, id) }
      const sealed = { key: current.id, iv, box: await crypto.subtle.encrypt(cipher, current.key, text) }
      known.set(sealed, value)
      return sealed
    },
    async open<T>(store: string, id: string, sealed: Sealed) {
      if (known.has(sealed)) return known.get(sealed) as T
      const data_key = keys.find((candidate) => candidate.id === sealed.key)
      if (data_key === undefined) throw new Error(`no key for ${store}`)
      const cipher = { name: 'AES-GCM', iv: sealed.iv, additionalData: aad(store, id) }
      const text = await crypto.subtle.decrypt(cipher, data_key.key, sealed.box)
      return JSON.parse(decoder.decode(text)) as T
    },
    async sealOwn(id, text) {
      const current = own[0]
      if (current === undefined) throw new Error('the vault has no key of the user')
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const cipher = { name: 'AES-GCM', iv, additionalData: ownAad(id) }
      const box = new Uint8Array(await crypto.subtle.encrypt(cipher, current.key, encoder.encode(text)))
      return toBase64(Uint8Array.of(FORM, ...iv, ...box))
    },
    async openOwn(id, sealed) {
      const bytes = fromBase64(sealed)
      if (bytes[0] !== FORM) throw new Error('sealed in a way that this app does not know')
      const iv = bytes.slice(1, 1 + IV_BYTES)
      const cipher = { name: 'AES-GCM', iv, additionalData: ownAad(id) }
      const tried = await Promise.allSettled(
        own.map(({ key }) => crypto.subtle.decrypt(cipher, key, bytes.slice(1 + IV_BYTES))),
      )
      const opened = tried.find((one) => one.status === 'fulfilled')
      if (opened === undefined) throw new Error('no key of the user opens it')
      return decoder.decode(opened.value)
    },
  }
}

/** Takes the key as the server gives it: 32 bytes in base64. */
export async function dataKey(base64: string): Promise<DataKey> {
  const bytes = fromBase64(base64.replaceAll('-', '+').replaceAll('_', '/'))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const id = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { id, key }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
