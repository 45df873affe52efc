// What was changed in the settings: who, when, and what became what.
import { useSignal } from '@preact/signals'
import type { PastChange, SettingsHistory } from '../../data/schema.gen'
import { moment } from '../../ui/dates'
import { phone } from '../../ui/live'
import { adminWords } from '../../words/admin'
import { Needs } from '../lead/needs'
import { useRead } from '../lead/use-read'
import { sayChange } from './said-changes'

export function Changes() {
  const { reading, again } = useRead('changes', () => phone.admin.settingsHistory())
  return (
    <Needs title={adminWords.changes.title} back="/admin" reading={reading} again={again}>
      {(first) => <List first={first} />}
    </Needs>
  )
}

function List({ first }: { readonly first: SettingsHistory }) {
  const more = useSignal<readonly PastChange[]>([])
  const next = useSignal(first.next)
  const say = adminWords.changes
  const all = [...first.changes, ...more.value]

  async function readOn(after: string) {
    const page = await phone.admin.settingsHistory(after)
    if (!page.ok) return
    more.value = [...more.value, ...page.value.changes]
    next.value = page.value.next
  }

  if (all.length === 0) return <p class="text">{say.empty}</p>
  return (
    <>
      <ul class="rows">
        {all.map(({ version, at, user_id, name, changes }) => (
          <li key={version} class="row">
            <span class="row__text">
              <b>{user_id === null ? say.byOperator : (name ?? '')}</b>
              <span>{moment(at)}</span>
              {changes.map((one) => (
                <span key={one.setting} class="changed">
                  {sayChange(one)}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {next.value !== null && (
        <div class="buttons">
          <button type="button" class="button button--quiet" onClick={() => readOn(next.value ?? '')}>
            {say.more}
          </button>
        </div>
      )}
    </>
  )
}
