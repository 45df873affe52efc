// AES-GCM as the browser has it, but decided at once and answered in a later turn, so that nothing depends on which
// thread is faster. A promise of it that is awaited inside a transaction ends the transaction, as in Firefox.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Sealed } from '../../../pwa/src/data/vault'
import type { Stored } from './storage.ts'

interface Raw {
  readonly raw: Uint8Array
}
interface Gcm {
  readonly iv: Uint8Array
  readonly additionalData: Uint8Array
}

const TAG = 16

/** `later` answers in another turn, or never once the page is dead. */
export function cipher(later: <T>(value: () => T) => Promise<T>) {
  return {
    digest: (_: string, bytes: Uint8Array) => later(() => exact(createHash('sha256').update(bytes).digest())),
    importKey: (_: string, raw: Uint8Array) => later(() => ({ raw: new Uint8Array(raw) })),
    encrypt(gcm: Gcm, key: Raw, text: Uint8Array) {
      return later(() => {
        const sealing = createCipheriv('aes-256-gcm', key.raw, gcm.iv)
        sealing.setAAD(gcm.additionalData)
        return exact(Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]))
      })
    },
    decrypt: (gcm: Gcm, key: Raw, box: ArrayBuffer) => later(() => exact(unsealed(gcm, key, box))),
  }
}

/** Opens what the vault has sealed; null where the phone no longer has the key. */
export function opened<T>(stored: Stored, store: string, id: string, sealed: Sealed): T | null {
  const key = stored.meta.keys.find((each) => each.id === sealed.key)?.key as unknown as Raw | undefined
  if (key === undefined) return null
  const additionalData = Buffer.from([store, id, stored.user_id, stored.meta.device_id].join('|'))
  return JSON.parse(unsealed({ iv: sealed.iv, additionalData }, key, sealed.box).toString()) as T
}

function unsealed(gcm: Gcm, key: Raw, box: ArrayBuffer): Buffer {
  const bytes = Buffer.from(box)
  const opening = createDecipheriv('aes-256-gcm', key.raw, gcm.iv)
  opening.setAAD(gcm.additionalData)
  opening.setAuthTag(bytes.subarray(bytes.length - TAG))
  return Buffer.concat([opening.update(bytes.subarray(0, bytes.length - TAG)), opening.final()])
}

function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
