// Fills a database once: one worker with 5,000 entries, and one with a single entry.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../..')

export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-bench-'))
  execFileSync(join(ROOT, '.venv/bin/python'), ['-m', 'tests.bench.phone_data', folder], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  process.env.ALONGSIDE_JOURNEY_DATA = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
