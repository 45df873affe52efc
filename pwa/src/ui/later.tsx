// A screen that is fetched when it is first opened, so that logging does not wait for reports.
import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'

export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Wait: ComponentType,
  Failed: ComponentType,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  return function Later(props: P) {
    const state = useSignal<'loading' | 'ready' | 'failed'>(loaded ? 'ready' : 'loading')
    useEffect(() => {
      if (loaded) return
      load().then(
        (screen) => {
          loaded = screen
          state.value = 'ready'
        },
        () => {
          state.value = 'failed'
        },
      )
    }, [state])
    if (state.value === 'failed') return <Failed />
    if (!loaded || state.value === 'loading') return <Wait />
    const Screen = loaded
    return <Screen {...props} />
  }
}
