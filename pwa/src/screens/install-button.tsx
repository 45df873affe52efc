// Adding the app to the phone with one tap, where the browser offers it.
import { signal } from '@preact/signals'
import { words } from '../words/en'

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
        {words.help.installNow}
      </button>
    </p>
  )
}
