// Months of the team: which are closed, by whom and when. One that is over is closed or reopened here.
import { useSignal } from '@preact/signals'
import type { ClosedMonth } from '../../data/schema.gen'
import { monthOf, plainDay, today } from '../../ui/dates'
import { phone } from '../../ui/live'
import { go } from '../../ui/router'
import { problems, words } from '../../words/en'
import { leadWords } from '../../words/lead'
import { Confirm } from './confirm'
import { byWhom } from './names'
import { Needs } from './needs'
import { useRead } from './use-read'
import { teamId, WhichTeam } from './which-team'

const SHOWN = 12

export function Months() {
  const team = teamId()
  const { reading, again, show } = useRead(team, () => phone.lead.months(team))
  const asking = useSignal<string | null>(null)
  const trouble = useSignal<string | null>(null)
  const say = leadWords.months

  async function set(month: string, closed: boolean) {
    asking.value = null
    const answer = await phone.lead.setMonth(team, month, closed)
    // Whoever has gone on meanwhile is left where they are.
    if (location.pathname !== '/team/months' || teamId() !== team) return
    if (answer.ok) {
      trouble.value = null
      show(answer.value)
      const text = closed ? say.wasClosed(monthOf(month)) : say.wasReopened(monthOf(month))
      go('/team/months', { replace: true, notice: { what: 'done', text } })
    } else {
      trouble.value =
        typeof answer.problem === 'string'
          ? words.needsSignal.plain
          : (problems[answer.problem.code] ?? problems.unexpected ?? '')
    }
  }

  return (
    <Needs title={say.title} back="/team" reading={reading} again={again} head={<WhichTeam />}>
      {(closed) => (
        <>
          <p class="text text--quiet">{say.lead}</p>
          <div role="status">{trouble.value && <div class="nhsuk-inset-text">{trouble.value}</div>}</div>
          <ul class="rows">
            {monthsToShow(today(), closed).map((month) => (
              <li key={month} class="row row--wrap">
                <Month
                  month={month}
                  closed={closed.find((one) => one.month === month)}
                  asking={asking.value === month}
                  onAsk={(ask) => {
                    asking.value = ask ? month : null
                  }}
                  onSet={(to) => set(month, to)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Needs>
  )
}

interface MonthProps {
  readonly month: string
  readonly closed: ClosedMonth | undefined
  readonly asking: boolean
  readonly onAsk: (ask: boolean) => void
  readonly onSet: (closed: boolean) => void
}

function Month({ month, closed, asking, onAsk, onSet }: MonthProps) {
  const say = leadWords.months
  const name = monthOf(month)
  const running = month >= today().slice(0, 7)
  return (
    <>
      <span class="row__text">
        <b>{name}</b>
        <span>{closed ? closedText(closed) : running ? say.running : say.open}</span>
      </span>
      {!running && !asking && (
        <button type="button" class="button button--quiet button--small" onClick={() => onAsk(true)}>
          {closed ? say.reopen : say.close}
          <span class="nhsuk-u-visually-hidden"> {name}</span>
        </button>
      )}
      {asking && (
        <Confirm
          text={closed ? say.reopenAsk(name) : say.closeAsk(name)}
          yes={closed ? say.reopenYes : say.closeYes}
          no={closed ? say.keepClosed : say.keepOpen}
          onYes={() => onSet(!closed)}
          onNo={() => onAsk(false)}
        />
      )}
    </>
  )
}

function closedText({ closed_by, closed_at }: ClosedMonth): string {
  const day = plainDay(today(new Date(closed_at)))
  const say = leadWords.months
  return closed_by === null ? say.closed(day) : say.closedBy(byWhom(closed_by), day)
}

/** The last twelve months with the running one, and any older one that is closed; newest first. */
export function monthsToShow(now: string, closed: readonly ClosedMonth[]): readonly string[] {
  const first = Number(now.slice(0, 4)) * 12 + Number(now.slice(5, 7)) - 1
  const shown = Array.from({ length: SHOWN }, (_, ago) => {
    const at = first - ago
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
  return [...new Set([...shown, ...closed.map(({ month }) => month)])].sort().reverse()
}
