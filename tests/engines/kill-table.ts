// Prints what the kills found: points by engines; and what a test has remarked.
import type { Reporter, TestCase } from '@playwright/test/reporter'

/** One kill, and what was found after it. */
export interface Row {
  readonly point: string
  readonly engine: string
  /** Operations that the phone had acknowledged since the kill before. */
  readonly saved: number
  readonly lost: readonly string[]
  readonly torn: readonly string[]
}

const COLUMNS: Readonly<Record<string, (rows: readonly Row[]) => number>> = {
  kills: (rows) => rows.length,
  saved: (rows) => rows.reduce((sum, { saved }) => sum + saved, 0),
  lost: (rows) => rows.reduce((sum, { lost }) => sum + lost.length, 0),
  torn: (rows) => rows.reduce((sum, { torn }) => sum + torn.length, 0),
}

export default class KillTable implements Reporter {
  private readonly rows: Row[] = []
  private readonly remarks: string[] = []

  onTestEnd(test: TestCase): void {
    for (const { type, description = '' } of test.annotations) {
      if (type === 'kills') this.rows.push(...JSON.parse(description))
      if (type === 'remark') this.remarks.push(description)
    }
  }

  onEnd(): void {
    for (const remark of this.remarks) console.log(`\n${remark}`)
    if (this.rows.length === 0) return
    const engines = [...new Set(this.rows.map(({ engine }) => engine))].sort()
    const points = [...new Set(this.rows.map(({ point }) => point))]
    const names = Object.keys(COLUMNS)
    print(
      'SIGKILL of the browser',
      engines.flatMap((engine) => [...names.slice(1).map(() => ''), engine]),
    )
    print(
      '',
      engines.flatMap(() => names),
    )
    for (const point of [...points, 'all']) {
      const figures = engines.flatMap((engine) => {
        const rows = this.rows.filter(
          (row) => row.engine === engine && (point === 'all' || row.point === point),
        )
        return names.map((name) => `${COLUMNS[name]?.(rows)}`)
      })
      print(point, figures)
    }
  }
}

function print(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(46) + cells.map((cell) => cell.padStart(9)).join(''))
}
