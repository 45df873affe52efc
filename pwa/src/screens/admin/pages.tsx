// The pages of an admin, fetched together when the first of them is opened.
import type { Kind } from '../../data/phone'
import { Activities } from './activities'
import { Activity } from './activity'
import { Answers } from './answers'
import { Changes } from './changes'
import { Home } from './home'
import { Rules } from './rules'

interface AdminPagesProps {
  readonly page: 'home' | 'activities' | 'answers' | 'rules' | 'changes'
  readonly part?: string
}

export default function AdminPages({ page, part = '' }: AdminPagesProps) {
  switch (page) {
    case 'activities':
      return part === '' ? <Activities /> : <Activity kind={part as Kind} />
    case 'answers':
      return <Answers name={part.replaceAll('-', '.')} />
    case 'rules':
      return <Rules />
    case 'changes':
      return <Changes />
    default:
      return <Home />
  }
}
