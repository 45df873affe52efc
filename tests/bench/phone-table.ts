// Prints what was measured on the phone: median, nine of ten, spread, the goal, and the ratio to a phone with one log.
import type { Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter'

/** What was measured, by how many entries the phone held: milliseconds, one for each round. */
export type Figures = Record<string, Record<string, number[]>>

export const ROUNDS = Number(process.env.ROUNDS ?? 11)

/** Milliseconds that a worker may have to wait. */
const GOALS: Readonly<Record<string, number>> = {
  'Save, with signal': 300,
  'Save, while answers take 3 s': 300,
  'Save, without signal': 300,
  'repeat a log (two taps), with signal': 2_000,
  'repeat a log (two taps), without signal': 2_000,
  'cold start to Log': 1_000,
  'signal is back to All sent': 5_000,
}
const WIDTHS = [42, 9, 8, 8, 8, 9, 7, 7]

export default class PhoneTable implements Reporter {
  private figures: Figures = {}

  onTestEnd(test: TestCase, result: TestResult): void {
    const found = test.annotations.find(({ type }) => type === 'figures')?.description
    if (found !== undefined) this.figures = JSON.parse(found)
    for (const error of result.errors) this.onError(error)
  }

  onError(error: TestError): void {
    console.error(error.stack ?? error.message ?? error.value)
  }

  onEnd(): void {
    console.log(`\nOn the phone: milliseconds, 375x667, processor 6 times slower, ${ROUNDS} rounds`)
    row(['what', 'entries', 'median', 'p90', 'lowest', 'highest', 'goal', 'ratio'])
    for (const what of Object.keys(GOALS)) {
      const one = this.figures[what]?.['1'] ?? []
      for (const [held, took] of Object.entries(this.figures[what] ?? {}).reverse()) {
        const goal = GOALS[what] ?? 0
        const marks = [at(took, 0.5), at(took, 0.9), at(took, 0), at(took, 1)]
        const over = (marks[0] ?? 0) > goal ? ' MISSED' : ''
        const ratio = (at(took, 0.5) / at(one, 0.5)).toFixed(2)
        row([what, held, ...marks.map((mark) => mark.toFixed(0)), `${goal}`, ratio, over])
      }
    }
  }

  printsToStdio(): boolean {
    return true
  }
}

/** The figure that such a part of all does not exceed. */
function at(took: readonly number[], part: number): number {
  const sorted = [...took].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

function row(cells: readonly string[]): void {
  console.log(
    cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[i] ?? 0))).join(''),
  )
}
