// What a page shows while its reading is on the way or cannot be had, and the page itself once it is there.
import type { ComponentChildren } from 'preact'
import { Page } from '../../ui/page'
import { words } from '../../words/en'
import { Refused } from '../figures/refused'
import { NeedsSignal } from '../not-found'
import type { Reading } from './use-read'

interface NeedsProps<T> {
  readonly title: string
  readonly back: string
  readonly reading: Reading<T>
  readonly again: () => void
  /** What stands above, whatever the reading does. */
  readonly head?: ComponentChildren
  readonly children: (value: T) => ComponentChildren
}

export function Needs<T>({ title, back, reading, again, head, children }: NeedsProps<T>) {
  if (reading.state === 'failed' && typeof reading.problem === 'string') {
    return <NeedsSignal onAgain={again} />
  }
  return (
    <Page title={title} back={back}>
      {head}
      <div aria-live="polite">
        {reading.state === 'loading' && <p class="text text--quiet">{words.loading}</p>}
        {reading.state === 'failed' && typeof reading.problem !== 'string' && (
          <Refused {...reading.problem} />
        )}
      </div>
      {reading.state === 'there' && children(reading.value)}
    </Page>
  )
}
