// Puts a planted fault into a copy of the phone's source while it is bundled or loaded by a test.
//
// Text that is not found stops the run, so a fault never goes stale unseen. The product has no switch for it.
import type { Plugin } from 'vite'

/** In which file of pwa/src/data which text is replaced by which. */
export interface Planted {
  readonly file: string
  readonly old: string
  readonly now: string
}

export function plant(planted: readonly Planted[]): Plugin {
  return {
    name: 'planted-fault',
    enforce: 'pre',
    transform(code, id) {
      let text = code
      for (const fault of planted) {
        if (!id.endsWith(`/src/data/${fault.file}`)) continue
        if (text.split(fault.old).length !== 2) {
          throw new Error(`${fault.file} does not hold this text exactly once: ${fault.old}`)
        }
        text = text.replace(fault.old, () => fault.now)
      }
      return text === code ? null : text
    },
  }
}
