// What did you do? Every kind that has no tile of its own, under what it has to do with people.
import type { Family } from '../rules/description'
import { familyOfKind } from '../rules/family'
import { kindName } from '../ui/describe'
import { Icon } from '../ui/icons'
import { Page } from '../ui/page'
import { words } from '../words/en'
import { slug } from './form/forms'
import { offered, TILES } from './form/offered'
import { addressed, askedDay } from './past-day'

const FAMILIES: readonly Family[] = ['direct', 'group', 'indirect', 'other']

export function OtherKinds() {
  const day = askedDay()
  const others = offered().slice(TILES)
  return (
    <Page title={words.log.title} back={addressed('/', day)}>
      {FAMILIES.map((family) => {
        const kinds = others.filter((kind) => familyOfKind(kind) === family)
        if (kinds.length === 0) return null
        return (
          <section key={family} aria-labelledby={`of-${family}`}>
            <h2 class="heading" id={`of-${family}`}>
              {words.log.families[family]}
            </h2>
            <ul class="rows rows--close">
              {kinds.map((kind) => (
                <li key={kind}>
                  <a class="row row--short" href={addressed(`/log/${slug(kind)}`, day)}>
                    <span class="row__text">
                      <b>{kindName(kind)}</b>
                      <span>{words.kindHints[kind]}</span>
                    </span>
                    <Icon name="right" />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </Page>
  )
}
