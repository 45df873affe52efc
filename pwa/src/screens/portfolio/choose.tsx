// A reflection that was changed in two places: both texts in full, one below the other. One is kept, the other stays.
import { useSignal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { useHeld } from '../../ui/held'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { go } from '../../ui/router'
import { portfolioWords } from '../../words/portfolio'
import { NotFound } from '../not-found'
import { sayTrouble } from '../reason'

const say = portfolioWords.two

export function ChooseReflection({ id }: { readonly id: string }) {
  const now = live.portfolio.value.reflections.find((one) => one.id === id)
  const { shown: item, hold } = useHeld(now?.sending === 'changed_in_two_places' ? now : undefined)
  const chosen = useSignal<readonly string[]>([])
  const errors = useSignal<readonly FormError[]>([])
  if (!item) return <NotFound />
  const gone = item.theirs === null || item.theirs.state === 'void'
  const noKey = portfolioWords.reflections.noKey

  async function settle() {
    const which = chosen.value[0]
    if (which !== 'mine' && which !== 'theirs') {
      errors.value = [{ id: 'which', text: say.missing }]
      return
    }
    const answer = await phone.portfolio.choose(id, which)
    if (answer.ok) go('/portfolio', { replace: true, notice: { what: 'done', text: say.chosen } })
    else errors.value = [{ id: null, text: sayTrouble(answer) }]
  }

  return (
    <Page title={say.title} back="/portfolio" error={errors.value.length > 0}>
      <ErrorSummary errors={errors.value} />
      <p class="text">{say.text}</p>
      <section>
        <h2 class="heading">{say.mine}</h2>
        <p class="reflection__text">{item.text ?? noKey}</p>
      </section>
      <section>
        <h2 class="heading">{say.theirs}</h2>
        {gone ? (
          <p class="text text--quiet">{say.theirsGone}</p>
        ) : (
          <p class="reflection__text">{item.theirs?.text ?? noKey}</p>
        )}
      </section>
      <Chips
        id="which"
        ask={say.ask}
        error={errors.value.find((error) => error.id === 'which')?.text}
        answers={{ mine: say.keepMine, theirs: gone ? say.letGo : say.keepTheirs }}
        chosen={chosen.value}
        onChange={(next) => {
          chosen.value = next
        }}
      />
      <button type="button" class="button button--full" onClick={() => hold(settle)}>
        {portfolioWords.form.save}
      </button>
    </Page>
  )
}
