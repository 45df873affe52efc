// After an update: every tab loads the new version, but never while a form is open or Undo is still on offer.
import { effect } from '@preact/signals'
import { whenReplaced } from '../data/shell'
import { notice } from './notice'
import { where } from './router'

export function renewBetweenPages(): void {
  let due = false
  const look = () => {
    if (due && !busy()) location.reload()
  }
  whenReplaced(() => {
    due = true
    look()
  })
  effect(() => {
    void where.value
    // Looked at once the new page stands.
    setTimeout(look)
  })
}

/** Asked of the page itself, so that a new kind of form need not remember to say so. What is hidden stays hidden. */
function busy(): boolean {
  return notice.peek() !== null || document.querySelector('.app--form, form, dialog[open]') !== null
}
