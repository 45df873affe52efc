// Rules: what a service asks of a log, how it hides small numbers, its week, and what leads see.
import { useSignal } from '@preact/signals'
import type { Settings } from '../../data/phone'
import { daysWrong, weekWrong } from '../../rules/settings'
import { Chips } from '../../ui/chips'
import { Field } from '../../ui/field'
import { adminWords } from '../../words/admin'
import { type Editing, fieldId, SettingsPage } from './settings-page'

export function Rules() {
  return (
    <SettingsPage
      page="rules"
      title={adminWords.rules.title}
      back="/admin"
      check={(settings) => [...daysWrong(settings), ...weekWrong(settings)]}
      nameOf={() => null}
    >
      {(editing) => <Questions {...editing} />}
    </SettingsPage>
  )
}

function Questions({ mine, change, wrongAt }: Editing) {
  const { codes, days, small, week, leads } = adminWords.rules
  return (
    <>
      <Chips
        id="person_codes"
        ask={codes.ask}
        hint={codes.hint}
        answers={codes.answers}
        chosen={[mine.person_codes]}
        onChange={([chosen]) => change({ person_codes: chosen as Settings['person_codes'] })}
      />
      <Days ask={days} value={mine.back_dating_days} wrong={wrongAt('back_dating_days')} onChange={change} />
      <Chips
        id="small_numbers"
        ask={small.ask}
        hint={small.hint}
        answers={small.answers}
        chosen={[mine.small_numbers]}
        onChange={([chosen]) => change({ small_numbers: chosen as Settings['small_numbers'] })}
      >
        <p class="text text--quiet">{small.examples[mine.small_numbers]}</p>
      </Chips>
      <Chips
        id="week"
        many
        ask={week.ask}
        hint={week.hint}
        error={wrongAt('week')}
        answers={week.answers}
        chosen={mine.week}
        onChange={(chosen) =>
          change({
            week: (Object.keys(week.answers) as Settings['week'][number][]).filter((day) =>
              chosen.includes(day),
            ),
          })
        }
      />
      <Chips
        id="leads_see"
        ask={leads.ask}
        hint={leads.hint}
        answers={leads.answers}
        chosen={[mine.leads_see]}
        onChange={([chosen]) => change({ leads_see: chosen as Settings['leads_see'] })}
      >
        {mine.leads_see === 'team' && <p class="text text--quiet">{leads.team}</p>}
      </Chips>
    </>
  )
}

interface DaysProps {
  readonly ask: { readonly ask: string; readonly hint: string }
  readonly value: number
  readonly wrong: string | undefined
  readonly onChange: (next: Partial<Settings>) => void
}

// A number while it is typed may be none yet: then it is held as one that is not right, and said on saving.
function Days({ ask, value, wrong, onChange }: DaysProps) {
  const typed = useSignal<string | null>(null)
  return (
    <Field
      id={fieldId('back_dating_days')}
      label={ask.ask}
      hint={ask.hint}
      error={wrong}
      inputmode="numeric"
      class="input--minutes"
      value={typed.value ?? (value < 0 ? '' : String(value))}
      onInput={(text) => {
        typed.value = text
        onChange({ back_dating_days: /^\d{1,4}$/.test(text.trim()) ? Number(text) : -1 })
      }}
    />
  )
}
