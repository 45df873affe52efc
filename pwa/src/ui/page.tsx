// One page: its title in the tab, its heading, and focus on the heading after a change of page.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words/en'
import { Hide } from './hide'
import { Icon } from './icons'
import { goBack, moved } from './router'

interface PageProps {
  readonly title: string
  readonly children: ComponentChildren
  /** Where Back leads when there is nothing to go back to. */
  readonly back?: string
  readonly kind?: 'form' | 'wide'
  readonly error?: boolean
  /** Stays at the bottom of a tall screen while the rest scrolls. */
  readonly foot?: ComponentChildren
}

export function Page({ title, children, back, kind, error = false, foot }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${error ? words.errorTitle : ''}${title} – ${words.product}`
  }, [title, error])
  useEffect(() => {
    if (moved) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <main id="main" class={`main${kind ? ` main--${kind}` : ''}`}>
      <div class="main__body">
        {back !== undefined && (
          <div class="back-row">
            <button type="button" class="back" onClick={() => goBack(back)}>
              <Icon name="left" />
              {words.back}
            </button>
            {kind === 'form' && <Hide />}
          </div>
        )}
        <h1 class="title" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {children}
      </div>
      {foot}
    </main>
  )
}
