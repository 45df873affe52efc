// The team that is looked at: one question for those who lead more than one, and the same answer on every page.
import { signal } from '@preact/signals'
import { Chips } from '../../ui/chips'
import { live } from '../../ui/live'
import { ledTeams } from '../../ui/roles'
import { words } from '../../words/en'

const chosen = signal<string | null>(null)

export function teamId(): string {
  const teams = ledTeams(live.session.value)
  return (teams.find(({ id }) => id === chosen.value) ?? teams[0])?.id ?? ''
}

export function WhichTeam() {
  const teams = ledTeams(live.session.value)
  if (teams.length < 2) return null
  return (
    <Chips
      id="team"
      ask={words.team.choose}
      answers={Object.fromEntries(teams.map(({ id, name }) => [id, name]))}
      chosen={[teamId()]}
      onChange={([id = '']) => {
        chosen.value = id
      }}
    />
  )
}
