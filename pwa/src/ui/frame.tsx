// What is around every page: skip link, header with the one status link, navigation, tab bar on phones.
import type { ComponentChildren } from 'preact'
import { words } from '../words/en'
import { Banner } from './banner'
import { Hide } from './hide'
import { Icon, type IconName, Mark } from './icons'
import { live } from './live'
import { home, mayAdmin, mayLead, mayLog, mayReport } from './roles'
import { where } from './router'
import { StatusLink, Strip } from './status'

interface Place {
  readonly to: string
  readonly name: string
  readonly icon: IconName
}

interface FrameProps {
  readonly children: ComponentChildren
  /** On a phone a form has Back and Save, nothing else. */
  readonly bare?: boolean
  /** How much the banner says; some pages say themselves what stands. */
  readonly say?: 'news' | 'all' | 'weekly'
}

export function Frame({ children, bare = false, say = 'news' }: FrameProps) {
  const session = live.session.value
  return (
    <div class={`app app--${bare ? 'form' : 'tabs'}`}>
      <a class="nhsuk-skip-link" href="#main">
        {words.skip}
      </a>
      <div class="view">
        <header class={`header${bare ? ' header--form' : ''}`}>
          <a class="brand" href={home(session)}>
            <Mark />
            {words.product}
          </a>
          {session && (
            <nav class="topnav" aria-label={words.nav.label}>
              {places('wide').map((place) => (
                <a key={place.to} href={place.to} aria-current={current(place)}>
                  {place.name}
                </a>
              ))}
            </nav>
          )}
          {session && <Hide />}
          {mayLog(session) && <StatusLink />}
        </header>
        {!bare && <Strip />}
        {!bare && <Banner say={say} />}
        {children}
      </div>
      {!bare && session && (
        <nav class="tabs" aria-label={words.nav.label}>
          {places('phone').map((place) => (
            <a key={place.to} href={place.to} aria-current={current(place)}>
              <Icon name={place.icon} />
              {place.name}
            </a>
          ))}
        </nav>
      )}
    </div>
  )
}

function places(width: 'phone' | 'wide'): Place[] {
  const session = live.session.value
  const logs = mayLog(session)
  const leads = mayLead(session)
  return [
    ...(logs
      ? ([
          { to: '/', name: words.nav.log, icon: 'log' },
          { to: '/my-log', name: words.nav.myLog, icon: 'list' },
        ] as const)
      : []),
    ...(leads ? ([{ to: '/team', name: words.nav.team, icon: 'team' }] as const) : []),
    // A lead's phone has room for four words; Reports is then on the Team page and under Help.
    ...(mayReport(session) && (width === 'wide' || !leads)
      ? ([{ to: '/reports', name: words.nav.reports, icon: 'chart' }] as const)
      : []),
    // On a phone it is under Help where there are logs or a team too.
    ...(mayAdmin(session) && (width === 'wide' || !(logs || leads))
      ? ([{ to: '/admin', name: words.nav.admin, icon: 'choose' }] as const)
      : []),
    { to: '/help', name: words.nav.help, icon: 'help' },
  ]
}

function current({ to }: Place): 'page' | undefined {
  const { path } = where.value
  const here = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
  return here ? 'page' : undefined
}
