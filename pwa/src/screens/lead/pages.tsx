// The pages of a team lead, fetched when the first of them is opened.
import { Decisions } from './decisions'
import { Entries } from './entries'
import { EntryOfTeam } from './entry'
import { Matter } from './matter'
import { Months } from './months'
import { Phones } from './phones'

interface LeadPagesProps {
  readonly page: 'decisions' | 'phones' | 'months' | 'entries'
  readonly id?: string
}

export default function LeadPages({ page, id }: LeadPagesProps) {
  if (page === 'decisions') return id === undefined ? <Decisions /> : <Matter op={id} />
  if (page === 'entries') return id === undefined ? <Entries /> : <EntryOfTeam id={id} />
  return page === 'phones' ? <Phones /> : <Months />
}
