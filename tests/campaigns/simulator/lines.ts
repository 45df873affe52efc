// JSON lines with the process that holds the server: a question is asked and waited for, without an event loop.
import { openSync, readSync, writeSync } from 'node:fs'

// Opened anew, because Node may have set the ones it was started with to not wait.
const FROM = openSync('/dev/stdin', 'r')
const TO = openSync('/dev/stdout', 'w')
let read = Buffer.alloc(0)

export function say(value: unknown): void {
  let left = Buffer.from(`${JSON.stringify(value)}\n`)
  while (left.length > 0) left = left.subarray(writeSync(TO, left))
}

/** The next line; null when the other side has gone. */
export function hear<T>(): T | null {
  for (;;) {
    const end = read.indexOf(10)
    if (end >= 0) {
      const line = read.subarray(0, end).toString()
      read = read.subarray(end + 1)
      return JSON.parse(line) as T
    }
    const chunk = Buffer.alloc(65_536)
    const length = readSync(FROM, chunk)
    if (length === 0) return null
    read = Buffer.concat([read, chunk.subarray(0, length)])
  }
}

export function ask<T>(question: string, more: object = {}): T {
  say({ ask: question, ...more })
  const answer = hear<T>()
  if (answer === null) throw new Error('the server has gone')
  return answer
}
