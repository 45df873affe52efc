// One thing that needs a decision: who, what they logged, why it waits, what counts now. It is accepted or left out.
import { useSignal } from '@preact/signals'
import { bodyIn, type Decided, type Matter as Found } from '../../data/lead'
import { moment, today } from '../../ui/dates'
import { useHeld } from '../../ui/held'
import { live, phone } from '../../ui/live'
import { ledTeams } from '../../ui/roles'
import { go } from '../../ui/router'
import { leadWords } from '../../words/lead'
import { rowsOf } from '../form/in-words'
import { sayTrouble } from '../reason'
import { Side } from '../two-places'
import { aboutMatter, obstacleText, whyText } from './about'
import { Confirm } from './confirm'
import { notDecidedHere } from './decisions'
import { nameOf, whoDid, whose } from './names'
import { Needs } from './needs'
import { useRead } from './use-read'

export function Matter({ op }: { readonly op: string }) {
  const { reading, again } = useRead(op, () => phone.lead.matters(today()))
  const found = reading.state === 'there' ? reading.value.find(({ conflict }) => conflict.op === op) : null
  const { shown, hold } = useHeld(found && notDecidedHere(found) ? found : undefined)
  const title = found ? aboutMatter(found).title : leadWords.decisions.title
  return (
    <Needs title={title} back="/team/decisions" reading={reading} again={again}>
      {() => (shown ? <Undecided key={op} matter={shown} hold={hold} /> : <Gone />)}
    </Needs>
  )
}

function Gone() {
  return (
    <>
      <p class="text">{leadWords.decisions.gone}</p>
      <a class="button button--quiet" href="/team/decisions">
        {leadWords.decisions.backToList}
      </a>
    </>
  )
}

interface UndecidedProps {
  readonly matter: Found
  readonly hold: (doing: () => Promise<void>) => Promise<void>
}

function Undecided({ matter, hold }: UndecidedProps) {
  const say = leadWords.decisions
  const { conflict } = matter
  const asking = useSignal(false)
  const trouble = useSignal<string | null>(null)
  const working = useSignal(false)
  const obstacle = obstacleText(matter)
  const teams = ledTeams(live.session.value)
  const { author_id } = conflict

  async function decide(doing: () => Promise<Decided>, done: string) {
    if (working.value) return
    working.value = true
    const answer = await doing()
    working.value = false
    if (!answer.ok) {
      trouble.value = sayTrouble(answer)
      return
    }
    const text = answer.again ? say.again : answer.sent ? done : say.waits
    go('/team/decisions', { replace: true, notice: { what: 'done', text } })
  }

  const facts: readonly (readonly [string, string])[] = [
    [say.who, nameOf(author_id)],
    ...(teams.length > 1
      ? [[say.team, teams.find(({ id }) => id === conflict.team_id)?.name ?? ''] as const]
      : []),
    ...(conflict.action === 'create' ? [] : [[say.what, say.actions[conflict.action]] as const]),
    [say.why, whyText(conflict)],
    [say.arrived, capital(moment(conflict.received_at))],
    ...(conflict.why ? [[say.theirReason, conflict.why] as const] : []),
  ]
  return (
    <>
      {trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}
      <dl class="answers">
        {facts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Both matter={matter} />
      {obstacle && (
        <div class="nhsuk-inset-text">
          <p class="text">{obstacle}</p>
          {matter.obstacle === 'closed' && (
            <a class="button button--small button--quiet" href="/team/months">
              {say.seeMonths}
            </a>
          )}
        </div>
      )}
      {asking.value ? (
        <Confirm
          text={say.leaveOutAsk(whose(author_id))}
          yes={say.leaveOut}
          no={say.goBack}
          onYes={() => hold(() => decide(() => phone.lead.leaveOut(matter), say.leftOut))}
          onNo={() => {
            asking.value = false
          }}
        />
      ) : (
        <>
          {obstacle === null && <p class="text text--quiet">{say.acceptText(whose(author_id))}</p>}
          <p class="text text--quiet">{say.leaveOutText}</p>
          <div class="buttons">
            {obstacle === null && (
              <button
                type="button"
                class="button"
                aria-disabled={working.value}
                onClick={() =>
                  hold(() => decide(() => phone.lead.accept(matter), say.accepted(whose(author_id))))
                }
              >
                {say.accept}
              </button>
            )}
            <button
              type="button"
              class="button button--quiet"
              onClick={() => {
                asking.value = true
              }}
            >
              {say.leaveOut}
            </button>
          </div>
        </>
      )}
    </>
  )
}

/** What they logged beside what counts now. */
function Both({ matter: { conflict, wanted } }: { readonly matter: Found }) {
  const say = leadWords.decisions
  const stored = conflict.record && 'details' in conflict.record ? conflict.record : null
  const body = bodyIn(wanted)
  if (conflict.thing === 'person' || body === null) return null
  const there = stored?.state === 'active' ? bodyIn(stored) : null
  const now = there && rowsOf(there)
  const theirs = rowsOf(body)
  const only_state = conflict.action === 'void' || conflict.action === 'unvoid'
  return (
    <div class="two">
      {!only_state && <Side title={say.logged(whoDid(conflict.author_id))} rows={theirs} other={now} />}
      {now ? (
        <Side title={say.stored} rows={now} other={only_state ? null : theirs} />
      ) : (
        <section>
          <h2 class="heading">{say.stored}</h2>
          <p class="text text--quiet">{stored ? say.deleted : say.nothingStored}</p>
        </section>
      )}
    </div>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
