// Comfort settings: colours, spacing, movement. A tap is enough; there is nothing to save.
import { Chips } from '../ui/chips'
import { type Comfort as Choice, choose, comfort } from '../ui/comfort'
import { live } from '../ui/live'
import { Page } from '../ui/page'
import { comfortWords as words } from '../words/comfort'

export function Comfort() {
  const { colours, spacing, movement } = comfort.value
  return (
    <Page title={words.title} back={live.session.value ? '/help' : '/sign-in'}>
      <p class="text">{words.kept}</p>
      <Chips
        id="colours"
        ask={words.colours}
        answers={words.colourChoices}
        chosen={[colours]}
        onChange={([one]) => choose({ colours: one as Choice['colours'] })}
      />
      <Chips
        id="spacing"
        ask={words.spacing}
        answers={words.spacingChoices}
        chosen={[spacing]}
        onChange={([one]) => choose({ spacing: one as Choice['spacing'] })}
      />
      <Chips
        id="movement"
        ask={words.movement}
        answers={words.movementChoices}
        chosen={[movement]}
        onChange={([one]) => choose({ movement: one as Choice['movement'] })}
      />
      <div class="prose">
        <h2>{words.size}</h2>
        <p>{words.sizeText}</p>
        <ul>
          {words.sizeSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </div>
    </Page>
  )
}
