// The pages about the people that a team supports, in one piece that is fetched when the first of them is opened.
import { live } from '../../ui/live'
import { usesCodes } from '../../ui/roles'
import { NotFound } from '../not-found'
import { people } from './about'
import { AllPeople } from './all'
import { ChangePerson } from './change'
import { EndSupport } from './end'
import { OnePerson } from './one'
import { SamePerson } from './same'

interface PagesProps {
  readonly page: 'all' | 'one' | 'change' | 'end' | 'same'
  readonly id?: string
}

export default function PeoplePages({ page, id = '' }: PagesProps) {
  if (!usesCodes(live.session.value)) return <NotFound />
  if (page === 'all') return <AllPeople />
  // Whoever was merged into another is that other.
  const person = people().standing(id)
  if (page === 'one') return person ? <OnePerson person={person} /> : <NotFound />
  if (page === 'change') return <ChangePerson now={person} />
  return page === 'end' ? <EndSupport now={person} /> : <SamePerson now={person} />
}
