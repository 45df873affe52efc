// The pages of the portfolio, in one piece that is fetched when the first of them is opened.
import { ChooseReflection } from './choose'
import { Portfolio } from './portfolio'
import { DeletedReflections, DeleteReflection, OneReflection } from './reflection'
import { ChangeReflection, DraftReflection, NewReflection } from './write'

interface PagesProps {
  readonly page: 'all' | 'new' | 'draft' | 'deleted' | 'one' | 'change' | 'delete' | 'choose'
  readonly id?: string
}

export default function PortfolioPages({ page, id = '' }: PagesProps) {
  switch (page) {
    case 'all':
      return <Portfolio />
    case 'new':
      return <NewReflection />
    case 'draft':
      return <DraftReflection id={id} />
    case 'deleted':
      return <DeletedReflections />
    case 'one':
      return <OneReflection id={id} />
    case 'change':
      return <ChangeReflection id={id} />
    case 'delete':
      return <DeleteReflection id={id} />
    case 'choose':
      return <ChooseReflection id={id} />
  }
}
