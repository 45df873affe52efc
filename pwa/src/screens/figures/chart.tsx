// The line of contacts by week. Its numbers are in the table beside it, so assistive technology is told only that.
import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { shortDay } from '../../ui/dates'
import { words } from '../../words/en'
import type { Week } from './weeks'

const WIDTH = 360
const HEIGHT = 200
const EDGE = { top: 14, right: 24, bottom: 32, left: 36 }

export function Chart({ weeks }: { readonly weeks: readonly Week[] }) {
  const shown = weeks.flatMap(({ start, contacts, partial }) =>
    contacts === null ? [] : [{ start, contacts, partial }],
  )
  const x = scalePoint(
    weeks.map((week) => week.start),
    [EDGE.left, WIDTH - EDGE.right],
  )
  const y = scaleLinear(
    [0, Math.max(4, ...shown.map((week) => week.contacts))],
    [HEIGHT - EDGE.bottom, EDGE.top],
  ).nice(4)
  const at = (week: { start: string }) => x(week.start) ?? 0
  const draw = line<(typeof shown)[number]>(at, (week) => y(week.contacts))
  // A week that is not over would pull the line down for no reason: it has a hollow mark of its own.
  const whole = shown.filter((week) => !week.partial)
  const every = Math.max(1, Math.ceil(weeks.length / 4))

  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.team.chart}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in a chart takes the focus. */}
      <g aria-hidden="true">
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line class="chart__grid" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(tick)} y2={y(tick)} />
            <text x={EDGE.left - 8} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {weeks.map(
          ({ start }, place) =>
            place % every === 0 && (
              <text key={start} x={at({ start })} y={HEIGHT - 10} text-anchor="middle">
                {shortDay(start).replace(/^\w+ /, '')}
              </text>
            ),
        )}
        <path class="chart__line" d={draw(whole) ?? ''} />
        {shown.map((week) => (
          <circle
            key={week.start}
            class={`chart__dot${week.partial ? ' chart__dot--partial' : ''}`}
            cx={at(week)}
            cy={y(week.contacts)}
            r="4"
          />
        ))}
      </g>
    </svg>
  )
}
