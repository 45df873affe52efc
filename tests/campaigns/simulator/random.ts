// Chance that can be had again: the same seed gives the same numbers.

export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761) >>> 0
    for (let warm = 0; warm < 8; warm += 1) this.next()
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  is(share: number): boolean {
    return this.next() < share
  }

  one<T>(among: readonly T[]): T | undefined {
    return among[Math.floor(this.next() * among.length)]
  }

  /** One of the names, each as likely as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const pairs = Object.entries(weights) as [T, number][]
    let left = this.next() * pairs.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of pairs) {
      left -= weight
      if (left < 0) return name
    }
    return (pairs.at(-1) as [T, number])[0]
  }

  fill(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(this.next() * 256)
    return bytes
  }
}
