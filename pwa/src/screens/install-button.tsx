// Adding the app to the phone with one tap, where the browser offers it.
import { signal } from '@preact/signals'
import { installWords } from '../words/comfort'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

const offer = signal<InstallPrompt | null>(null)

/** Browsers make their offer early, and once: it is kept until somebody asks for it. */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallPrompt
  })
  addEventListener('appinstalled', () => {
    offer.value = null
    // Browsers keep what an app has stored once it is on the home screen, if they are asked.
    void navigator.storage?.persist?.()
  })
}

export function InstallButton() {
  if (offer.value === null) return null
  return (
    <p>
      <button
        type="button"
        class="button"
        onClick={async () => {
          await offer.value?.prompt()
          offer.value = null
        }}
      >
        {installWords.now}
      </button>
    </p>
  )
}
