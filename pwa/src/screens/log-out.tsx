// Logging out. What is not sent yet stays sealed on the phone, and the page says so before it happens.
import { useSignal } from '@preact/signals'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { go } from '../ui/router'
import { words } from '../words/en'

export function LogOut() {
  const working = useSignal(false)
  const { waiting, needs_a_look, changed_in_two_places } = live.sync.value
  const unsent = waiting + needs_a_look + changed_in_two_places

  async function leave() {
    if (working.value) return
    working.value = true
    await phone.signOut()
    go('/', { replace: true })
  }

  return (
    <Page title={words.logOut.title} back="/help">
      <div role="status">
        <p class="text">{unsent > 0 ? words.logOut.waiting(unsent) : words.logOut.text}</p>
      </div>
      <div class="buttons">
        {waiting > 0 && (
          <button type="button" class="button" onClick={() => phone.sendNow()}>
            {words.logOut.send}
          </button>
        )}
        <button type="button" class={`button${waiting > 0 ? ' button--quiet' : ''}`} onClick={leave}>
          {words.logOut.button}
        </button>
        <a class="button button--quiet" href="/help">
          {words.logOut.stay}
        </a>
      </div>
    </Page>
  )
}
