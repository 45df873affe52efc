// Phones of the team: those that have gone quiet, and those in touch. By name, never by how much anybody logs.
import type { DeviceState } from '../../data/schema.gen'
import { moment, plainDay, today } from '../../ui/dates'
import { phone, serverNow } from '../../ui/live'
import { leadWords } from '../../words/lead'
import { nameOf } from './names'
import { Needs } from './needs'
import { goneQuiet, worthShowing } from './quiet'
import { useRead } from './use-read'
import { teamId, WhichTeam } from './which-team'

export function Phones() {
  const team = teamId()
  const { reading, again } = useRead(team, () => phone.lead.phones(team))
  const say = leadWords.phones
  return (
    <Needs title={say.title} back="/team" reading={reading} again={again} head={<WhichTeam />}>
      {(phones) => <List phones={phones.filter(worthShowing)} />}
    </Needs>
  )
}

function List({ phones }: { readonly phones: readonly DeviceState[] }) {
  const say = leadWords.phones
  if (phones.length === 0) return <p class="text">{say.empty}</p>
  const now = serverNow()
  const quiet = phones.filter((one) => goneQuiet(one, now))
  const rest = phones.filter((one) => !goneQuiet(one, now))
  return (
    <>
      <p class="text text--quiet">{say.lead}</p>
      <section>
        <h2 class="heading">{say.quiet}</h2>
        <p class="text text--quiet">{quiet.length > 0 ? say.quietText : say.quietNone}</p>
        <Some phones={quiet} />
      </section>
      {rest.length > 0 && (
        <section>
          <h2 class="heading">{say.touch}</h2>
          <Some phones={rest} />
        </section>
      )}
      {phones.some((one) => one.possibly_lost > 0) && <p class="text text--quiet care">{say.lostText}</p>}
    </>
  )
}

function Some({ phones }: { readonly phones: readonly DeviceState[] }) {
  const say = leadWords.phones
  const named = phones.map((one) => ({ one, name: nameOf(one.user_id) }))
  if (named.length === 0) return null
  return (
    <ul class="rows">
      {named
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ one, name }) => (
          <li key={`${one.user_id}${one.id}`} class="row">
            <span class="row__text">
              <b>{name}</b>
              <span>{one.name || say.unnamed}</span>
              <span>{say.lastSeen(moment(one.last_seen_at))}</span>
              {one.pending > 0 && <span>{say.pending(one.pending, sinceOf(one))}</span>}
              {one.possibly_lost > 0 && <span>{say.lost(one.possibly_lost)}</span>}
              {one.signed_out && (
                <span>
                  <span class="tag">{say.signedOut}</span>
                </span>
              )}
            </span>
          </li>
        ))}
    </ul>
  )
}

const sinceOf = ({ oldest_pending_at: since }: DeviceState) => (since === null ? null : sinceDay(since))
const sinceDay = (ms: number) => plainDay(today(new Date(ms))).replace(/ \d{4}$/, '')
