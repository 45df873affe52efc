// UUIDv7: ids that the phone makes, in the order in which it makes them.

export function ids(now: () => number, random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): () => string {
  let last = 0
  let count = 0
  return () => {
    const bytes = random(new Uint8Array(16))
    const at = now()
    // Within one millisecond, or when the clock was set back, the count keeps the order.
    if (at > last) {
      last = at
      count = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0)
    } else if (++count > 0xfff) {
      last += 1
      count = 0
    }
    new DataView(bytes.buffer).setUint32(0, Math.floor(last / 0x10000))
    new DataView(bytes.buffer).setUint16(4, last % 0x10000)
    new DataView(bytes.buffer).setUint16(6, 0x7000 | count)
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}

/** When an id was made, in Unix milliseconds. */
export function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
