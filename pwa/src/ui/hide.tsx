// Hides the screen at once: a plain cover over the page, which stays below it as it was. One tap brings it back.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { words } from '../words/en'

export function Hide() {
  const hidden = useSignal(false)
  return (
    <>
      <button
        type="button"
        class="hide"
        onClick={() => {
          hidden.value = true
        }}
      >
        {words.hide.button}
        <span class="nhsuk-u-visually-hidden"> {words.hide.what}</span>
      </button>
      {hidden.value && (
        <Cover
          onBack={() => {
            hidden.value = false
          }}
        />
      )}
    </>
  )
}

// A modal dialog: nothing below it can be seen, reached or heard, and the focus returns to where it was.
function Cover({ onBack }: { readonly onBack: () => void }) {
  const cover = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const title = document.title
    document.title = words.product
    cover.current?.showModal()
    return () => {
      document.title = title
    }
  }, [])
  return (
    <dialog
      class="cover"
      ref={cover}
      aria-labelledby="cover-title"
      onClose={onBack}
      onCancel={(event) => event.preventDefault()}
    >
      <h1 id="cover-title" class="title" tabIndex={-1}>
        {words.product}
      </h1>
      <button type="button" class="button button--quiet" onClick={() => cover.current?.close()}>
        {words.hide.back}
      </button>
    </dialog>
  )
}
