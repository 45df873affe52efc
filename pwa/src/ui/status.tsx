// The status line: one link in the header, and a grey strip when there is no signal. Never red, never a spinner.
import { words } from '../words/en'
import { Icon } from './icons'
import { live } from './live'
import { mayLog } from './roles'

export function StatusLink() {
  const { needs_a_look, changed_in_two_places, waiting } = live.sync.value
  const asks = needs_a_look + changed_in_two_places > 0
  const text =
    needs_a_look > 0
      ? words.status.look(needs_a_look)
      : changed_in_two_places > 0
        ? words.status.two(changed_in_two_places)
        : waiting > 0
          ? words.status.waiting(waiting)
          : words.status.allSent
  return (
    <a class={`status${asks ? ' status--asks' : ''}`} href={only() ?? '/waiting'}>
      <Icon name={asks ? 'look' : waiting > 0 ? 'clock' : 'tick'} />
      <span>{text}</span>
    </a>
  )
}

/** The one thing that needs a look, so that its question is one tap away; null where there are more. */
function only(): string | null {
  const { needs_a_look, changed_in_two_places } = live.sync.value
  if (needs_a_look + changed_in_two_places !== 1) return null
  const item = live.log.value.find((one) => one.sending === 'needs_a_look')
  if (item) return `/my-log/${item.id}/look`
  const code = live.persons.value.find((one) => one.sending === 'needs_a_look')
  return code ? `/person/${code.person.id}/look` : null
}

/** Said once for each change, politely: the element stays, its text comes and goes. */
export function Strip() {
  const phase = mayLog(live.session.value) ? live.sync.value.phase : 'idle'
  const fails = phase === 'server_down' || phase === 'no_answer'
  const text = phase === 'offline' ? words.status.offline : fails ? words.status.serverDown : null
  return <div role="status">{text !== null && <p class="strip">{text}</p>}</div>
}
