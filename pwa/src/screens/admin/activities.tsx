// Activities: which are offered, and in what order. Moved by buttons, which work for every hand and every reader.
import { useSignal } from '@preact/signals'
import type { Settings } from '../../data/phone'
import { kindsWrong } from '../../rules/settings'
import { Face } from '../../ui/chips'
import { Icon } from '../../ui/icons'
import { adminWords } from '../../words/admin'
import { ListLinks } from './list-links'
import { listsOfEveryKind } from './lists'
import { type Editing, fieldId, SettingsPage } from './settings-page'

type OfferedKind = Settings['kinds'][number]

export function Activities() {
  return (
    <SettingsPage
      page="activities"
      title={adminWords.activities.title}
      back="/admin"
      check={(settings) => kindsWrong(settings).filter(({ where }) => where === 'kinds')}
      nameOf={() => null}
    >
      {(editing) => <Kinds {...editing} />}
    </SettingsPage>
  )
}

function Kinds({ mine, change, wrongAt }: Editing) {
  const say = adminWords.activities
  const heard = useSignal('')
  const { kinds } = mine
  const wrong = wrongAt('kinds')

  function move(from: number, by: 1 | -1) {
    const moved = kinds[from]
    const next = kinds.filter((one) => one !== moved)
    if (moved === undefined) return
    next.splice(from + by, 0, moved)
    change({ kinds: next })
    heard.value = say.moved(moved.label, from + by + 1, kinds.length)
    // The row is another place in the list now; the thumb and the focus stay with it.
    requestAnimationFrame(() => {
      const [way, other] = by < 0 ? ['up', 'down'] : ['down', 'up']
      const button = document.getElementById(`${way}-${moved.kind}`) as HTMLButtonElement | null
      const target = button?.disabled ? document.getElementById(`${other}-${moved.kind}`) : button
      target?.focus()
      target?.scrollIntoView({ block: 'nearest' })
    })
  }

  const offer = (kind: string, offered: boolean) =>
    change({ kinds: kinds.map((one) => (one.kind === kind ? { ...one, offered } : one)) })

  return (
    <>
      <p class="text text--quiet">{say.lead}</p>
      <p class="nhsuk-u-visually-hidden" role="status">
        {heard}
      </p>
      <fieldset class={`question${wrong ? ' question--error' : ''}`} id={fieldId('kinds')}>
        <legend class="nhsuk-u-visually-hidden">{say.title}</legend>
        {wrong && <p class="nhsuk-error-message">{wrong}</p>}
        <ol class="rows">
          {kinds.map((one, place) => (
            <li key={one.kind} class="row row--wrap choice">
              <KindName {...one} />
              <span class="choice__acts">
                <label class="chip">
                  <input
                    type="checkbox"
                    checked={one.offered !== false}
                    onChange={(event) => offer(one.kind, event.currentTarget.checked)}
                  />
                  <Face many>
                    {say.offered}
                    <span class="nhsuk-u-visually-hidden">: {one.label}</span>
                  </Face>
                </label>
                {(['up', 'down'] as const).map((way) => (
                  <button
                    key={way}
                    id={`${way}-${one.kind}`}
                    type="button"
                    class="button button--quiet button--small"
                    disabled={place === (way === 'up' ? 0 : kinds.length - 1)}
                    aria-label={say.move(one.label, way)}
                    onClick={() => move(place, way === 'up' ? -1 : 1)}
                  >
                    {say[way]}
                  </button>
                ))}
              </span>
            </li>
          ))}
        </ol>
      </fieldset>
      <section>
        <h2 class="heading">{say.everyTitle}</h2>
        <ListLinks lists={listsOfEveryKind()} settings={mine} />
      </section>
    </>
  )
}

const KindName = ({ kind, label, label_cy }: OfferedKind) => (
  <a class="choice__name" href={`/admin/activities/${kind}`} aria-label={adminWords.activities.open(label)}>
    <span class="row__text">
      <b>{label}</b>
      {label_cy && <span lang="cy">{label_cy}</span>}
    </span>
    <Icon name="right" />
  </a>
)
