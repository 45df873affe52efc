// At most one banner a page: what was just done, or else the most pressing thing that the person can do something about.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Sending } from '../data/phone'
import { installWords, standingWords } from '../words/comfort'
import { reasons, words } from '../words/en'
import { aboutEntry } from './describe'
import { installed, notNow, onPhone, refusedAt } from './install'
import { live, phone } from './live'
import { keepNote, note } from './notes'
import { type Notice, notice } from './notice'
import { mayLog } from './roles'
import { go } from './router'
import { type Standing as Stands, standing } from './standing'

// Until the app is started again: loading a page again is no new start.
const LATER = 'update-later'
const updateLater = signal(note(LATER, 'session') !== null)

interface BannerProps {
  /** `weekly` also says what comes once a week. Not on Log: there a thumb finds the same tile each time. */
  readonly say: 'news' | 'all' | 'weekly'
}

/** The element outlives the page, so that those who hear the page are told what was put into it. */
export function Banner({ say }: BannerProps) {
  const news = notice.value
  return (
    <div class="slot" role="status">
      {news ? <News news={news} /> : say !== 'news' && <Standing weekly={say === 'weekly'} />}
    </div>
  )
}

function News({ news }: { readonly news: Notice }) {
  if (news.what === 'done') return <Box text={news.text} />
  const item = live.log.value.find((one) => one.id === news.id)
  if (news.what === 'deleted') {
    return (
      <Box text={words.saved.deleted}>
        <Act
          name={words.saved.bringBack}
          onTap={() => settle(phone.bringBack(news.id), words.saved.broughtBack)}
        />
      </Box>
    )
  }
  const sent = item?.sending === 'sent'
  const done = news.change ? words.saved.changeUndone : words.saved.undone
  return (
    <Box
      title={sent ? words.saved.sent : news.change ? words.saved.changeTitle : words.saved.title}
      text={item ? aboutEntry(item.entry) : ''}
      more={whereItIs(item?.sending)}
    >
      <Act name={words.saved.undo} onTap={() => settle(phone.undo(news.id), done)} />
    </Box>
  )
}

function whereItIs(sending: Sending | undefined): string | null {
  if (sending === 'sent') return null
  if (sending === 'needs_a_look') return words.saved.look
  return sending === 'changed_in_two_places' ? words.saved.two : words.saved.onPhone
}

function Standing({ weekly }: { readonly weekly: boolean }) {
  const { sync, storage, update_ready, log } = live
  const shown = {
    sync: sync.value,
    storage: storage.value,
    update_ready: update_ready.value,
    log: log.value,
  }
  const stands = standing(shown, {
    now: Date.now(),
    update_later: updateLater.value,
    weekly,
    logs_here: mayLog(live.session.value),
    installed: installed(),
    phone: onPhone(),
    refused_at: refusedAt.value,
  })
  return stands && <Stand stands={stands} />
}

function Stand({ stands }: { readonly stands: Stands }) {
  const say = words.banners
  switch (stands.what) {
    case 'signed_out':
      return (
        <Box text={say.signedOut} more={say.signedOutSafe} to="/sign-in" name={words.signIn.title} stacked />
      )
    case 'log_in':
      return <Box text={say.logIn} to="/sign-in" name={words.signIn.title} />
    case 'look':
      return (
        <Box
          text={standingWords.look(stands.logs)}
          to="/waiting"
          name={stands.logs === 1 ? standingWords.lookNow : standingWords.lookAll}
          stacked
        />
      )
    case 'update_needed':
      return (
        <Box text={say.update} stacked>
          <Act name={say.updateNow} onTap={() => phone.takeUpdate()} />
        </Box>
      )
    case 'update_ready':
      return (
        <Box text={say.updateReady} stacked>
          <Act name={say.updateNow} onTap={() => phone.takeUpdate()} />
          <Act
            name={say.later}
            onTap={() => {
              keepNote(LATER, 'yes', 'session')
              updateLater.value = true
            }}
          />
        </Box>
      )
    case 'waiting_long':
      return (
        <Box text={say.waitingLong(stands.days)} stacked>
          <Act
            name={words.waiting.now}
            onTap={() => {
              void phone.sendNow()
              go('/waiting')
            }}
          />
        </Box>
      )
    case 'unprotected':
      return (
        <Box text={say.unprotected} to="/help/install" name={say.howTo}>
          <Act name={say.later} onTap={notNow} />
        </Box>
      )
    case 'install':
      return (
        <Box text={installWords.ask} to="/help/install" name={say.howTo}>
          <Act name={installWords.notNow} onTap={notNow} />
        </Box>
      )
    default:
      return <Box text={say[stands.what]} />
  }
}

interface BoxProps {
  readonly title?: string
  readonly text: string
  readonly more?: string | null
  readonly to?: string
  readonly name?: string
  readonly stacked?: boolean
  readonly children?: ComponentChildren
}

function Box({ title, text, more, to, name, stacked, children }: BoxProps) {
  return (
    <div class={`banner${stacked || (to && children) ? ' banner--stacked' : ''}`}>
      <div class="banner__text">
        {title && <b>{title}</b>}
        <p>{text}</p>
        {more && <p>{more}</p>}
      </div>
      {to && (
        <a class="button button--quiet button--small" href={to}>
          {name}
        </a>
      )}
      {children}
    </div>
  )
}

function Act({ name, onTap }: { readonly name: string; readonly onTap: () => void }) {
  return (
    <button type="button" class="button button--quiet button--small" onClick={onTap}>
      {name}
    </button>
  )
}

async function settle(doing: ReturnType<typeof phone.undo>, done: string): Promise<void> {
  const answer = await doing
  const text = answer.ok
    ? done
    : typeof answer.problem === 'string'
      ? words.form[answer.problem === 'storage_full' ? 'storageFull' : 'storageBroken']
      : (reasons[answer.problem[0]?.code ?? ''] ?? words.form.nothingChanged)
  go(location.pathname + location.search, { replace: true, notice: { what: 'done', text } })
}
