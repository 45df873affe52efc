// Makes the demonstration data once: one team over two months. Each journey works on a copy of it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALONGSIDE, environment } from './server'

export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-journey-data-'))
  const accounts = execFileSync(
    ALONGSIDE,
    ['demo', '--teams', '1', '--months', '2', '--seed', '7', '--json'],
    { env: environment(folder), cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  writeFileSync(join(folder, 'accounts.json'), accounts)
  process.env.ALONGSIDE_JOURNEY_DATA = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
