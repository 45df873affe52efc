// One activity: what it is called in English and in Welsh, and the lists of its answers.
import type { Kind } from '../../data/phone'
import { kindDescribed } from '../../rules/description'
import { kindsWrong } from '../../rules/settings'
import { kindName } from '../../ui/describe'
import { Field } from '../../ui/field'
import { adminWords } from '../../words/admin'
import { NotFound } from '../not-found'
import { ListLinks } from './list-links'
import { listsOf } from './lists'
import { fieldId, SettingsPage } from './settings-page'

export function Activity({ kind }: { readonly kind: Kind }) {
  if (kindDescribed(kind) === undefined) return <NotFound />
  const say = adminWords.activity
  const lists = listsOf(kind)
  return (
    <SettingsPage
      page={`activity ${kind}`}
      title={kindName(kind)}
      back="/admin/activities"
      check={(settings) => kindsWrong(settings).filter(({ where }) => where.startsWith(`kinds.${kind}.`))}
      nameOf={(where) => (where.endsWith('_cy') ? say.label_cy : say.label)}
    >
      {({ mine, change, wrongAt }) => {
        const one = mine.kinds.find((each) => each.kind === kind)
        const name = (next: { label: string } | { label_cy: string | null }) =>
          change({ kinds: mine.kinds.map((each) => (each.kind === kind ? { ...each, ...next } : each)) })
        return (
          <>
            <p class="text text--quiet">{say.lead}</p>
            <Field
              id={fieldId(`kinds.${kind}.label`)}
              label={say.label}
              error={wrongAt(`kinds.${kind}.label`)}
              value={one?.label ?? ''}
              spellcheck
              onInput={(label) => name({ label })}
            />
            <Field
              id={fieldId(`kinds.${kind}.label_cy`)}
              label={say.label_cy}
              error={wrongAt(`kinds.${kind}.label_cy`)}
              value={one?.label_cy ?? ''}
              onInput={(label) => name({ label_cy: label === '' ? null : label })}
            />
            <section>
              <h2 class="heading">{say.lists}</h2>
              {lists.length === 0 ? (
                <p class="text">{say.none}</p>
              ) : (
                <ListLinks lists={lists} settings={mine} />
              )}
            </section>
          </>
        )
      }}
    </SettingsPage>
  )
}
