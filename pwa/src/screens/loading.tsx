// Shown while the phone reads its own storage. Nothing at all for the first moments: a flash would only unsettle.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { words } from '../words/en'

const QUIET_MS = 400
const SLOW_MS = 5000

export function Loading() {
  const waited = useSignal(0)
  useEffect(() => {
    const timers = [QUIET_MS, SLOW_MS].map((ms) =>
      setTimeout(() => {
        waited.value = ms
      }, ms),
    )
    return () => timers.forEach(clearTimeout)
  }, [waited])
  return (
    <main id="main" class="main" aria-busy="true">
      <div class="main__body" role="status">
        {waited.value > 0 && <h1 class="title">{words.loading}</h1>}
        {waited.value === SLOW_MS && <p class="text">{words.loadingLong}</p>}
      </div>
    </main>
  )
}
