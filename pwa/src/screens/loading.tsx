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
      <div role="status">
        {waited.value > 0 && (
          <p class="text">{waited.value === SLOW_MS ? words.loadingLong : words.loading}</p>
        )}
      </div>
    </main>
  )
}
