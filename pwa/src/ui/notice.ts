// The one message that a page shows about what was just done. It stays until the page is left.
import { signal } from '@preact/signals'

export type Notice =
  | { readonly what: 'saved'; readonly id: string; readonly change: boolean }
  | { readonly what: 'deleted'; readonly id: string }
  | { readonly what: 'done'; readonly text: string }

export const notice = signal<Notice | null>(null)
