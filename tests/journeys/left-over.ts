// A journey that runs out of time leaves its programs behind: they end with the process that started them.
import type { ChildProcess } from 'node:child_process'

const started = new Set<ChildProcess>()

process.once('exit', () => {
  for (const { pid, exitCode } of started) {
    if (pid === undefined || exitCode !== null) continue
    try {
      // The whole group: a browser and a server are several processes.
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended in the meantime.
    }
  }
})

/** Remembers a program that was started with `detached`, so that it leads a group of its own. */
export function endWithUs(program: ChildProcess): ChildProcess {
  started.add(program)
  program.once('exit', () => started.delete(program))
  return program
}
