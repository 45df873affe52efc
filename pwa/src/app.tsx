// Path to screen, and nothing else.
import { type ComponentChild, Fragment } from 'preact'
import { ChangeLog, LookAtLog } from './screens/change-log'
import { Comfort } from './screens/comfort'
import { Copy, Deleted } from './screens/deleted'
import { DeleteLog, Entry } from './screens/entry'
import { kindOf } from './screens/form/forms'
import { Help, HowToLog, Privacy } from './screens/help'
import { Install } from './screens/install'
import { Loading } from './screens/loading'
import { Log } from './screens/log'
import { LogOut } from './screens/log-out'
import { MyLog } from './screens/my-log'
import { AgainLog, DraftLog, NewLog } from './screens/new-log'
import { NeedsSignal, NoAccess, NoStorage, NotFound, Redirect } from './screens/not-found'
import { OtherKinds } from './screens/other-kinds'
import { LookAtPerson } from './screens/person-look'
import { Join, SignIn } from './screens/sign-in'
import { TwoPlaces } from './screens/two-places'
import { Waiting } from './screens/waiting'
import { Frame } from './ui/frame'
import { later } from './ui/later'
import { live } from './ui/live'
import { home, mayAdmin, mayLead, mayLog, mayReport } from './ui/roles'
import { where } from './ui/router'

const Team = later(
  async () => (await import('./screens/figures/team')).default,
  Loading,
  () => <NeedsSignal />,
)
const LeadPages = later(
  async () => (await import('./screens/lead/pages')).default,
  Loading,
  () => <NeedsSignal />,
)
const PortfolioPages = later(
  async () => (await import('./screens/portfolio/pages')).default,
  Loading,
  () => <NeedsSignal />,
)
const PeoplePages = later(
  async () => (await import('./screens/people/pages')).default,
  Loading,
  () => <NeedsSignal />,
)
const AdminPages = later(
  async () => (await import('./screens/admin/pages')).default,
  Loading,
  () => <NeedsSignal />,
)
const Reports = later(
  async () => (await import('./screens/figures/reports')).default,
  Loading,
  () => <NeedsSignal />,
)

interface Route {
  readonly path: RegExp
  readonly screen: (part: string) => ComponentChild
  /** Whom it is for; everyone who is signed in when left out. */
  readonly may?: typeof mayLog
  /** Forms have Back and Save, and no navigation around them. */
  readonly bare?: boolean
  /** How much the banner says here. */
  readonly say?: 'all' | 'weekly'
}

const routes: readonly Route[] = [
  { path: /^\/$/, may: mayLog, say: 'all', screen: () => <Log /> },
  { path: /^\/log\/again\/([\w-]+)$/, may: mayLog, bare: true, screen: (id) => <AgainLog id={id} /> },
  { path: /^\/log\/draft\/([\w-]+)$/, may: mayLog, bare: true, screen: (id) => <DraftLog id={id} /> },
  { path: /^\/log\/something-else$/, may: mayLog, screen: () => <OtherKinds /> },
  { path: /^\/log\/([\w-]+)$/, may: mayLog, bare: true, screen: newLog },
  { path: /^\/my-log$/, may: mayLog, say: 'weekly', screen: () => <MyLog /> },
  { path: /^\/my-log\/deleted$/, may: mayLog, screen: () => <Deleted /> },
  { path: /^\/my-log\/copy\/([\w-]+)$/, may: mayLog, screen: (id) => <Copy id={id} /> },
  { path: /^\/my-log\/([\w-]+)$/, may: mayLog, screen: (id) => <Entry id={id} /> },
  { path: /^\/my-log\/([\w-]+)\/change$/, may: mayLog, bare: true, screen: (id) => <ChangeLog id={id} /> },
  { path: /^\/my-log\/([\w-]+)\/look$/, may: mayLog, bare: true, screen: (id) => <LookAtLog id={id} /> },
  { path: /^\/my-log\/([\w-]+)\/choose$/, may: mayLog, screen: (id) => <TwoPlaces id={id} /> },
  { path: /^\/my-log\/([\w-]+)\/delete$/, may: mayLog, screen: (id) => <DeleteLog id={id} /> },
  { path: /^\/person\/([\w-]+)\/look$/, may: mayLog, screen: (id) => <LookAtPerson id={id} /> },
  { path: /^\/people$/, may: mayLog, screen: () => <PeoplePages page="all" /> },
  { path: /^\/people\/([\w-]+)$/, may: mayLog, screen: (id) => <PeoplePages page="one" id={id} /> },
  {
    path: /^\/people\/([\w-]+)\/change$/,
    may: mayLog,
    screen: (id) => <PeoplePages page="change" id={id} />,
  },
  { path: /^\/people\/([\w-]+)\/end$/, may: mayLog, screen: (id) => <PeoplePages page="end" id={id} /> },
  { path: /^\/people\/([\w-]+)\/same$/, may: mayLog, screen: (id) => <PeoplePages page="same" id={id} /> },
  { path: /^\/waiting$/, may: mayLog, screen: () => <Waiting /> },
  { path: /^\/portfolio$/, may: mayLog, screen: () => <PortfolioPages page="all" /> },
  { path: /^\/portfolio\/new$/, may: mayLog, bare: true, screen: () => <PortfolioPages page="new" /> },
  { path: /^\/portfolio\/deleted$/, may: mayLog, screen: () => <PortfolioPages page="deleted" /> },
  {
    path: /^\/portfolio\/draft\/([\w-]+)$/,
    may: mayLog,
    bare: true,
    screen: (id) => <PortfolioPages page="draft" id={id} />,
  },
  { path: /^\/portfolio\/([\w-]+)$/, may: mayLog, screen: (id) => <PortfolioPages page="one" id={id} /> },
  {
    path: /^\/portfolio\/([\w-]+)\/change$/,
    may: mayLog,
    bare: true,
    screen: (id) => <PortfolioPages page="change" id={id} />,
  },
  {
    path: /^\/portfolio\/([\w-]+)\/delete$/,
    may: mayLog,
    screen: (id) => <PortfolioPages page="delete" id={id} />,
  },
  {
    path: /^\/portfolio\/([\w-]+)\/choose$/,
    may: mayLog,
    screen: (id) => <PortfolioPages page="choose" id={id} />,
  },
  { path: /^\/team$/, may: mayLead, say: 'all', screen: () => <Team /> },
  { path: /^\/team\/decisions$/, may: mayLead, screen: () => <LeadPages page="decisions" /> },
  {
    path: /^\/team\/decisions\/([\w-]+)$/,
    may: mayLead,
    screen: (id) => <LeadPages page="decisions" id={id} />,
  },
  { path: /^\/team\/phones$/, may: mayLead, screen: () => <LeadPages page="phones" /> },
  { path: /^\/team\/months$/, may: mayLead, screen: () => <LeadPages page="months" /> },
  { path: /^\/team\/entries$/, may: mayLead, screen: () => <LeadPages page="entries" /> },
  {
    path: /^\/team\/entries\/([\w-]+)$/,
    may: mayLead,
    screen: (id) => <LeadPages page="entries" id={id} />,
  },
  { path: /^\/admin$/, may: mayAdmin, screen: () => <AdminPages page="home" /> },
  { path: /^\/admin\/activities$/, may: mayAdmin, screen: () => <AdminPages page="activities" /> },
  {
    path: /^\/admin\/activities\/([\w-]+)$/,
    may: mayAdmin,
    screen: (kind) => <AdminPages page="activities" part={kind} />,
  },
  {
    path: /^\/admin\/answers\/([\w-]+)$/,
    may: mayAdmin,
    screen: (list) => <AdminPages page="answers" part={list} />,
  },
  { path: /^\/admin\/rules$/, may: mayAdmin, screen: () => <AdminPages page="rules" /> },
  { path: /^\/admin\/changes$/, may: mayAdmin, screen: () => <AdminPages page="changes" /> },
  { path: /^\/reports$/, may: mayReport, screen: () => <Reports /> },
  { path: /^\/help$/, say: 'weekly', screen: () => <Help /> },
  { path: /^\/help\/how-to-log$/, screen: () => <HowToLog /> },
  { path: /^\/help\/privacy$/, screen: () => <Privacy /> },
  { path: /^\/help\/install$/, screen: () => <Install /> },
  { path: /^\/help\/comfort$/, screen: () => <Comfort /> },
  { path: /^\/sign-in$/, screen: () => <SignIn /> },
  { path: /^\/join$/, screen: () => <Join /> },
  { path: /^\/log-out$/, screen: () => <LogOut /> },
]

export function App() {
  const session = live.session.value
  const { path, search } = where.value
  if (!live.ready.value) return <Loading />
  if (live.storage.value === 'unavailable') return <Frame>{<NoStorage />}</Frame>
  if (session === null && path === '/help/comfort') return <Frame>{<Comfort />}</Frame>
  if (session === null) {
    return (
      <Frame>
        <Fragment key={path === '/join' ? 'join' : 'sign-in'}>
          {path === '/join' ? <Join /> : <SignIn />}
        </Fragment>
      </Frame>
    )
  }
  if (path === '/' && home(session) !== '/') return <Redirect to={home(session)} />

  const route = routes.find((one) => one.path.test(path))
  const allowed = route?.may?.(session) ?? true
  const screen = !route ? (
    <NotFound />
  ) : allowed ? (
    route.screen(route.path.exec(path)?.[1] ?? '')
  ) : (
    <NoAccess />
  )
  return (
    <Frame bare={(route?.bare ?? false) && allowed} say={route?.say ?? 'news'}>
      <Fragment key={path + search}>{screen}</Fragment>
    </Frame>
  )
}

function newLog(part: string): ComponentChild {
  const kind = kindOf(part)
  return kind ? <NewLog kind={kind} /> : <NotFound />
}
