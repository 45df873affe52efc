// The figures of a report as a table. A hidden number is a star, with a note that says what it stands for.

import type { Kind } from '../../data/phone'
import type { Volumes } from '../../data/schema.gen'
import { kindName } from '../../ui/describe'
import { live } from '../../ui/live'
import { options, words } from '../../words/en'
import { figure } from './sums'

const COLUMNS = ['contacts', 'attended', 'reportable', 'not_attended', 'minutes', 'people'] as const

export function VolumesTable({ volumes }: { readonly volumes: Volumes }) {
  const { rows, totals, split } = volumes
  if (rows.length === 0) return <div class="nhsuk-inset-text">{words.team.empty}</div>
  const hidden = [totals, ...rows].some((row) => COLUMNS.some((column) => row[column] === null))
  const rule = live.session.value?.service.settings.small_numbers ?? 'mhsds'
  return (
    <section class="panel">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section class="scroll" aria-label={words.reports.scroll} tabIndex={0}>
        <table class="table">
          <caption>{words.reports.result}</caption>
          <thead>
            <tr>
              <th scope="col">{words.reports.period}</th>
              <th scope="col">{words.reports.splits[split]}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" class="table__number">
                  {words.reports.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.period} ${row.key}`}>
                <th scope="row">
                  {row.label} {row.partial && <span class="tag">{words.reports.partial}</span>}
                </th>
                <td>{keyName(volumes, row.key)}</td>
                {COLUMNS.map((column) => (
                  <Cell key={column} value={row[column]} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {words.reports.total}
              </th>
              {COLUMNS.map((column) => (
                <Cell key={column} value={totals[column]} />
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
      {hidden && <p class="text text--quiet">{words.reports.stars[rule]}</p>}
    </section>
  )
}

function Cell({ value }: { readonly value: number | null }) {
  return (
    <td class="table__number">
      {value === null ? (
        <>
          <span aria-hidden="true">*</span>
          <span class="nhsuk-u-visually-hidden">{words.reports.hidden}</span>
        </>
      ) : (
        figure(value)
      )}
    </td>
  )
}

const LABELS = {
  mode: 'mode',
  attendance: 'attendance',
  topic: 'details.items.category',
  stage: 'details.stage',
  outcome: 'item.outcome',
  step: 'details.step',
} as const

function keyName({ split, teams }: Volumes, key: string): string {
  if (key === '') return words.reports.notSaid
  if (split === 'kind') return kindName(key as Kind)
  if (split === 'family') return words.reports.families[key as keyof typeof words.reports.families] ?? key
  if (split === 'team') return teams[key] ?? key
  return options[LABELS[split]]?.[key] ?? key
}
