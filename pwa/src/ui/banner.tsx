// At most one banner a page: what was just done, or else the most pressing thing that the person can do something about.
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Sending } from '../data/phone'
import { reasons, words } from '../words/en'
import { aboutEntry } from './describe'
import { live, phone } from './live'
import { type Notice, notice } from './notice'
import { mayLog } from './roles'
import { go } from './router'

const DAY_MS = 86_400_000

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
  const item = live.value.log.find((one) => one.id === news.id)
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
      more={standing(item?.sending)}
    >
      <Act name={words.saved.undo} onTap={() => settle(phone.undo(news.id), done)} />
    </Box>
  )
}

function standing(sending: Sending | undefined): string | null {
  if (sending === 'sent') return null
  if (sending === 'needs_a_look') return words.saved.look
  return sending === 'changed_in_two_places' ? words.saved.two : words.saved.onPhone
}

/** What stands until it is dealt with, the most pressing first. */
function Standing({ weekly }: { readonly weekly: boolean }) {
  const { sync, storage, update_ready } = live.value
  const later = useSignal(false)
  const waited =
    sync.oldest_waiting_at === null ? 0 : Math.floor((Date.now() - sync.oldest_waiting_at) / DAY_MS)
  if (sync.phase === 'needs_signin')
    return <Box text={words.banners.logIn} to="/sign-in" name={words.signIn.title} />
  if (sync.phase === 'account_closed') return <Box text={words.banners.closed} />
  if (storage === 'full') return <Box text={words.banners.full} />
  if (sync.phase === 'storage_broken') return <Box text={words.banners.broken} />
  if (storage === 'low') return <Box text={words.banners.low} />
  if (update_ready && !later.value) return <Update onLater={() => (later.value = true)} />
  if (sync.phase === 'update_needed') return <Box text={words.banners.update} />
  if (waited >= 3)
    return <Box text={words.banners.waitingLong(waited)} to="/waiting" name={words.banners.seeWaiting} />
  if (storage === 'unprotected' && mayLog(live.value.session) && weekly && !saidLately() && !later.value) {
    return (
      <Box text={words.banners.unprotected} to="/help/install" name={words.banners.howTo}>
        <Act
          name={words.banners.later}
          onTap={() => {
            localStorage.setItem(SAID, String(Date.now()))
            later.value = true
          }}
        />
      </Box>
    )
  }
  return null
}

function Update({ onLater }: { readonly onLater: () => void }) {
  return (
    <Box text={words.banners.updateReady} stacked>
      <Act name={words.banners.updateNow} onTap={() => phone.takeUpdate()} />
      <Act name={words.banners.later} onTap={onLater} />
    </Box>
  )
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
  go(location.pathname, { replace: true, notice: { what: 'done', text } })
}

// The warning about storage comes once a week. Only this date is kept outside the sealed database.
const SAID = 'storage-warning-at'
const saidLately = () => Date.now() - Number(localStorage.getItem(SAID) ?? 0) < 7 * DAY_MS
