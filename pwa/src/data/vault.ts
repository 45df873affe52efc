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
}

/** `keys`: the one in use first, then those that older rows were sealed with. */
export function vault(keys: readonly DataKey[], user_id: string, device_id: string): Vault {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  const known = new WeakMap<Sealed, unknown>()
  const aad = (store: string, id: string) => encoder.encode([store, id, user_id, device_id].join('|'))
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
  }
}

/** Takes the key as the server gives it: 32 bytes in base64. */
export async function dataKey(base64: string): Promise<DataKey> {
  const text = atob(base64.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const id = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { id, key }
}
