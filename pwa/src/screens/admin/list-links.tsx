// Links to lists of answers, each with how many of them are offered.
import type { Settings } from '../../data/phone'
import { answersOfList } from '../../rules/answers'
import { Icon } from '../../ui/icons'
import { adminWords } from '../../words/admin'
import type { List } from './lists'

interface ListLinksProps {
  readonly lists: readonly List[]
  readonly settings: Settings
}

export function ListLinks({ lists, settings }: ListLinksProps) {
  const say = adminWords.activity
  return (
    <ul class="menu">
      {lists.map(({ name, title, plain, longest }) => {
        const { retired, own } = answersOfList(settings, name)
        const all = Object.keys(plain).length
        return (
          <li key={name}>
            <a class="row" href={`/admin/answers/${name.replaceAll('.', '-')}`}>
              <span class="row__text">
                <b>{title}</b>
                <span>{longest === null ? say.count(all - retired.length, all) : say.names(own.length)}</span>
              </span>
              <Icon name="right" />
            </a>
          </li>
        )
      })}
    </ul>
  )
}
