// A folder for one browser. One that is left behind, by a test that ran out of time, goes when its process ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made = new Set<string>()

export function newFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `alongside-${name}-`))
  made.add(folder)
  return folder
}

export function removeFolder(folder: string): void {
  // What was killed just now may still hold a file.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  made.delete(folder)
}

process.once('exit', () => {
  for (const folder of made) {
    try {
      removeFolder(folder)
    } catch {
      // The machine clears its temporary folders in the end.
    }
  }
})
