// Choosing a range: ready ones as chips, and two typed days.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { today } from '../../ui/dates'
import { words } from '../../words/en'
import { TypedDay } from '../form/day-question'
import type { Range } from './ranges'

export interface Choice {
  readonly name: string
  readonly range: Range
}

interface DateRangeProps {
  readonly ask: string
  readonly choices: Readonly<Record<string, Choice>>
  readonly chosen: string
  readonly onChange: (chosen: string, range: Range) => void
}

export function DateRange({ ask, choices, chosen, onChange }: DateRangeProps) {
  const own = useSignal(false)
  return (
    <Chips
      id="range"
      ask={ask}
      answers={{
        ...Object.fromEntries(Object.entries(choices).map(([key, { name }]) => [key, name])),
        own: words.team.dates,
      }}
      chosen={[own.value ? 'own' : chosen]}
      onChange={([key = '']) => {
        own.value = key === 'own'
        const choice = choices[key]
        if (choice) onChange(key, choice.range)
      }}
    >
      {own.value && <OwnDates onShow={(range) => onChange('own', range)} />}
    </Chips>
  )
}

function OwnDates({ onShow }: { readonly onShow: (range: Range) => void }) {
  const typed = useSignal<{ from: string | undefined; to: string | undefined }>({
    from: undefined,
    to: today(),
  })
  const wrong = useSignal(false)

  function show() {
    const { from, to } = typed.value
    wrong.value = !from || !to || from > to
    if (from && to && from <= to) onShow({ from, to })
  }

  return (
    <div class="beside">
      {(['from', 'to'] as const).map((end) => (
        <fieldset key={end} class="question">
          <legend>{words.team[end]}</legend>
          <TypedDay
            id={`range-${end}`}
            value={end === 'to' ? today() : null}
            onUnread={() => undefined}
            onChange={(day) => {
              typed.value = { ...typed.value, [end]: day }
            }}
          />
        </fieldset>
      ))}
      <button type="button" class="button button--quiet" onClick={show}>
        {words.team.show}
      </button>
      <div role="alert">{wrong.value && <p class="nhsuk-error-message">{words.team.notDates}</p>}</div>
    </div>
  )
}
