// The Log screen: what did you do? Tiles, what was left unfinished, and logs to log again.
import { useMemo } from 'preact/hooks'
import type { Draft } from '../data/phone'
import { inSentence } from '../ui/dates'
import { inShort, kindName } from '../ui/describe'
import { Icon } from '../ui/icons'
import { live, phone } from '../ui/live'
import { Page } from '../ui/page'
import { Parts } from '../ui/parts'
import { words } from '../words/en'
import { slug } from './form/forms'
import { offered, TILES } from './form/offered'
import { pastLogs } from './log-again'
import { addressed, askedDay } from './past-day'

export function Log() {
  const draft = live.drafts.value[0]
  const log = live.log.value
  const session = live.session.value
  // Years of logs are gone through: not for every change of something else.
  const kinds = useMemo(offered, [session])
  const again = useMemo(() => pastLogs(log, kinds), [log, kinds])
  const day = askedDay()
  return (
    <Page title={words.log.title}>
      {day && (
        <p class="for-day">
          {words.log.forDay(inSentence(day))}{' '}
          <a class="link" href="/">
            {words.log.backToToday}
          </a>
        </p>
      )}
      {draft && <Unfinished draft={draft} />}
      <ul class="tiles" aria-label={words.log.tiles}>
        {kinds.slice(0, TILES).map((kind) => (
          <li key={kind}>
            <a class="tile" href={addressed(`/log/${slug(kind)}`, day)}>
              <span class={`badge badge--${kind}`}>
                <Icon name={kind} />
              </span>
              <span>{kindName(kind)}</span>
            </a>
          </li>
        ))}
      </ul>
      {kinds.length > TILES && (
        <a class="something-else" href={addressed('/log/something-else', day)}>
          <span>{words.log.somethingElse}</span>
          <Icon name="right" />
        </a>
      )}
      {again.length > 0 && (
        <section aria-labelledby="again">
          <h2 class="heading" id="again">
            {words.log.again}
          </h2>
          <ul class="rows">
            {again.map(({ id, entry }) => (
              <li key={id}>
                <a class="row" href={addressed(`/log/again/${id}`, day)}>
                  <span class={`badge badge--${entry.details.kind}`}>
                    <Icon name={entry.details.kind} />
                  </span>
                  <span class="row__text">
                    <b>{kindName(entry.details.kind)}</b>
                    <span>
                      <Parts of={inShort(entry)} />
                    </span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {again.length === 0 && log.length === 0 && <p class="text text--quiet log-hint">{words.log.empty}</p>}
    </Page>
  )
}

function Unfinished({ draft }: { readonly draft: Draft }) {
  return (
    <section class="draft" aria-label={words.log.draftOf(kindName(draft.entry.details.kind))}>
      <p>{words.log.draft}</p>
      <a class="button button--small" href={`/log/draft/${draft.id}`}>
        {words.log.carryOn}
      </a>
      <button
        type="button"
        class="button button--quiet button--small"
        onClick={() => phone.dropDraft(draft.id)}
      >
        {words.log.deleteDraft}
      </button>
    </section>
  )
}
