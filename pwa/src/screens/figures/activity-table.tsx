// The table by activity; under signposting a line for each topic, under discharge support one for each stage.
import type { Kind } from '../../data/phone'
import type { Volumes } from '../../data/schema.gen'
import { kindName } from '../../ui/describe'
import { options, words } from '../../words/en'
import { byKey, figure, hours, type Sum } from './sums'

interface ActivityTableProps {
  readonly kinds: Volumes
  readonly topics: Volumes
  readonly stages: Volumes
}

export function ActivityTable({ kinds, topics, stages }: ActivityTableProps) {
  const rows = byKey(kinds.rows)
  const lines: Record<string, { of: Sum[]; names: Readonly<Record<string, string>> }> = {
    signposting: { of: byKey(topics.rows), names: options['details.items.category'] ?? {} },
    discharge_support: { of: byKey(stages.rows), names: options['details.stage'] ?? {} },
  }
  const overlapping = (lines.signposting?.of.length ?? 0) > 1
  return (
    <section class="panel">
      <table class="table">
        <caption>{words.team.byActivity}</caption>
        <thead>
          <tr>
            <th scope="col">{words.team.activity}</th>
            <th scope="col" class="table__number">
              {words.team.contactsColumn}
            </th>
            <th scope="col" class="table__number">
              {words.team.wentAhead}
            </th>
            <th scope="col" class="table__number">
              {words.team.hoursColumn}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) => [
            <Line key={row.key} name={kindName(row.key as Kind)} sum={row} />,
            ...(lines[row.key]?.of ?? []).map((line) => (
              <Line
                key={`${row.key}-${line.key}`}
                name={lines[row.key]?.names[line.key] ?? line.key}
                sum={line}
                under
              />
            )),
          ])}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.team.total}</th>
            <td class="table__number">{figure(kinds.totals.contacts)}</td>
            <td class="table__number">{figure(kinds.totals.attended)}</td>
            <td class="table__number">{figure(hours(kinds.totals.minutes))}</td>
          </tr>
        </tfoot>
      </table>
      {overlapping && <p class="text text--quiet">{words.team.topicNote}</p>}
    </section>
  )
}

function Line({
  name,
  sum,
  under = false,
}: {
  readonly name: string
  readonly sum: Sum
  readonly under?: boolean
}) {
  return (
    <tr class={under ? 'table__under' : ''}>
      <th scope="row">{name}</th>
      <td class="table__number">{figure(sum.contacts)}</td>
      <td class="table__number">{figure(sum.attended)}</td>
      <td class="table__number">{figure(hours(sum.minutes))}</td>
    </tr>
  )
}
