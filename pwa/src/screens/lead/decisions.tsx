// Needs a decision: what the team logged that is kept and does not count yet, the one that waits longest first.
import type { Matter } from '../../data/lead'
import { today } from '../../ui/dates'
import { Icon } from '../../ui/icons'
import { live, phone } from '../../ui/live'
import { Parts } from '../../ui/parts'
import { leadWords } from '../../words/lead'
import { aboutMatter, whyText } from './about'
import { nameOf } from './names'
import { Needs } from './needs'
import { useRead } from './use-read'

export function Decisions() {
  const { reading, again } = useRead('matters', () => phone.lead.matters(today()))
  const say = leadWords.decisions
  return (
    <Needs title={say.title} back="/team" reading={reading} again={again}>
      {(matters) => <List matters={matters.filter(notDecidedHere)} />}
    </Needs>
  )
}

/** One that was decided on this phone a moment ago is not asked about again. */
export function notDecidedHere({ conflict }: Matter): boolean {
  return !live.decisions.value.some(({ closes, sending }) => closes === conflict.op && sending === 'waiting')
}

function List({ matters }: { readonly matters: readonly Matter[] }) {
  const say = leadWords.decisions
  if (matters.length === 0) return <p class="text">{say.empty}</p>
  return (
    <>
      <p class="text text--quiet">{say.lead}</p>
      <ul class="rows">
        {matters.map((matter) => {
          const { conflict } = matter
          const { title, parts } = aboutMatter(matter)
          return (
            <li key={conflict.op}>
              <a class="row" href={`/team/decisions/${conflict.op}`}>
                <span class="row__text">
                  <b>{title}</b>
                  <span>
                    <Parts of={[nameOf(conflict.author_id), ...parts]} />
                  </span>
                  <span>{whyText(conflict)}</span>
                </span>
                <Icon name="right" />
              </a>
            </li>
          )
        })}
      </ul>
    </>
  )
}
