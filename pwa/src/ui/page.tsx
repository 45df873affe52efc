// One page: its title in the tab, its heading, and focus on the heading after a change of page.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words/en'
import { Icon } from './icons'
import { goBack, moved } from './router'

interface PageProps {
  readonly title: string
  readonly children: ComponentChildren
  /** Where Back leads when there is nothing to go back to. */
  readonly back?: string
  readonly kind?: 'form' | 'wide'
  readonly error?: boolean
  readonly focus?: boolean
}

export function Page({ title, children, back, kind, error = false, focus = true }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${error ? words.errorTitle : ''}${title} – ${words.product}`
  }, [title, error])
  useEffect(() => {
    if (focus && moved) heading.current?.focus({ preventScroll: true })
  }, [focus])
  return (
    <main id="main" class={`main${kind ? ` main--${kind}` : ''}`}>
      {back !== undefined && (
        <div>
          <button type="button" class="back" onClick={() => goBack(back)}>
            <Icon name="left" />
            {words.back}
          </button>
        </div>
      )}
      <h1 class="title" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </main>
  )
}
