// Help and more: how to log, who sees what, adding the app to the phone, logging out.
import { Icon } from '../ui/icons'
import { live } from '../ui/live'
import { Page } from '../ui/page'
import { mayAdmin, mayLog, mayReport, usesCodes } from '../ui/roles'
import { comfortWords } from '../words/comfort'
import { help, words } from '../words/en'
import { peopleWords } from '../words/people'
import { portfolioWords } from '../words/portfolio'

export function Help() {
  const session = live.session.value
  const links = [
    ...(mayLog(session) ? [{ to: '/portfolio', name: portfolioWords.title }] : []),
    ...(usesCodes(session) ? [{ to: '/people', name: peopleWords.title }] : []),
    ...(mayLog(session) ? [{ to: '/help/how-to-log', name: words.help.howTo }] : []),
    { to: '/help/privacy', name: words.help.privacy },
    { to: '/help/comfort', name: comfortWords.title },
    { to: '/help/install', name: words.help.install },
    ...(mayReport(session) ? [{ to: '/reports', name: words.help.reports }] : []),
    ...(mayAdmin(session) ? [{ to: '/admin', name: words.nav.admin }] : []),
    { to: '/log-out', name: words.help.logOut },
  ]
  return (
    <Page title={words.help.title}>
      <ul class="menu">
        {links.map(({ to, name }) => (
          <li key={to}>
            <a class="row" href={to}>
              <span class="row__text">
                <b>{name}</b>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
      {mayLog(session) && <p class="text">{words.help.quiet}</p>}
      {session && (
        <p class="text text--quiet">{words.help.signedInAs(session.user.name, session.service.name)}</p>
      )}
    </Page>
  )
}

export const HowToLog = () => <Article title={words.help.howTo} parts={help.howTo} />

export const Privacy = () => <Article title={words.help.privacy} parts={help.privacy} />

interface ArticleProps {
  readonly title: string
  readonly parts: typeof help.privacy
}

function Article({ title, parts }: ArticleProps) {
  return (
    <Page title={title} back="/help">
      <div class="prose">
        {parts.map(({ heading, text, list, steps }) => (
          <section key={heading ?? text}>
            {heading && <h2>{heading}</h2>}
            {text && <p>{text}</p>}
            {list && (
              <ul>
                {list.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
            {steps && (
              <ol>
                {steps.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            )}
          </section>
        ))}
      </div>
    </Page>
  )
}
