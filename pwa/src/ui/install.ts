// Whether the app is on the home screen, and when the person last said that they would rather not add it.
import { signal } from '@preact/signals'
import { keepNote, note } from './notes'

const KEPT = 'install-refused-at'

/** Opened from the home screen. iPhones before 2023 only know the second way to ask. */
export function installed(): boolean {
  return (
    matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches ||
    (navigator as { standalone?: boolean }).standalone === true
  )
}

export const onPhone = () => matchMedia('(pointer: coarse)').matches

export const onApple = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  // An iPad says that it is a Mac, and no Mac has a screen to touch.
  (navigator.userAgent.includes('Mac') && navigator.maxTouchPoints > 1)

export const refusedAt = signal(Number(note(KEPT) ?? 0))

export function notNow(): void {
  refusedAt.value = Date.now()
  keepNote(KEPT, String(refusedAt.value))
}
