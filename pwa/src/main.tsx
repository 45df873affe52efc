// Starts the app: shows it at once, opens the phone's own storage, follows links.
import { render } from 'preact'
import { App } from './app'
import { browserEnvironment, openPhone } from './data/phone'
import { keepInstallOffer } from './screens/install-button'
import './styles/main.scss'
import { keepComfort } from './ui/comfort'
import { attach, live } from './ui/live'
import { renewBetweenPages } from './ui/renew'
import { followLinks } from './ui/router'

const root = document.getElementById('app')
if (root) {
  followLinks()
  keepInstallOffer()
  keepComfort()
  renewBetweenPages()
  render(<App />, root)
  openPhone(browserEnvironment()).then(attach, () => {
    // Without storage of its own the app cannot keep a log safe, so it does not begin one.
    live.storage.value = 'unavailable'
    live.ready.value = true
  })
}
