// My portfolio: supervision, learning and skills in words, and the reflections. For the worker alone, also on paper.
import { longDay, plainDay, today } from '../../ui/dates'
import { kindName, length } from '../../ui/describe'
import { live, phone } from '../../ui/live'
import { Page } from '../../ui/page'
import { cpd } from '../../words/kinds/cpd'
import { competences } from '../../words/kinds/lists'
import { supervision } from '../../words/kinds/supervision'
import { portfolioWords } from '../../words/portfolio'
import { logCalled, startOf, Tag } from './mentions'
import {
  certificatesOf,
  givenThisYear,
  learningOf,
  type SupervisionSum,
  skillsOf,
  supervisionOf,
} from './sums'

const sorts = supervision.options.supervision_kind as Record<SupervisionSum['sort'], string>
const learningSorts = cpd.options.cpd_kind as Record<string, string>
const skillNames = competences as Record<string, string>

const ON_SCREEN = 300

export function Portfolio() {
  const session = live.session.value
  const log = live.log.value.filter((item) => item.author_id === session?.user.id)
  return (
    <Page title={portfolioWords.title} back="/help">
      <p class="text only-you">{portfolioWords.onlyYou}</p>
      <p class="text only-on-paper">
        {session?.user.name}, {plainDay(today())}
      </p>
      <Supervisions log={log} />
      <Learning log={log} />
      <Skills log={log} />
      <Reflections />
      <div class="buttons">
        <button type="button" class="button button--quiet" onClick={() => window.print()}>
          {portfolioWords.print}
        </button>
      </div>
    </Page>
  )
}

interface OfLog {
  readonly log: typeof live.log.value
}

function Supervisions({ log }: OfLog) {
  const say = portfolioWords.supervision
  const sums = supervisionOf(log, today(), Object.keys(sorts) as SupervisionSum['sort'][])
  const given = givenThisYear(log, today())
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <dl class="answers">
        {sums.map((sum) => (
          <div key={sum.sort}>
            <dt>{sorts[sum.sort]}</dt>
            <dd>{supervisionText(sum)}</dd>
          </div>
        ))}
      </dl>
      {given > 0 && <p class="text">{say.given(given)}</p>}
    </section>
  )
}

function supervisionText({ last, next, this_year, monthly }: SupervisionSum): string {
  const say = portfolioWords.supervision
  return [
    last === null ? say.never : say.last(day(last)),
    monthly === 'on_track' ? say.onTrack : monthly === 'usually' ? say.monthly : say.thisYear(this_year),
    next === null ? '' : say.next(day(next)),
  ]
    .filter(Boolean)
    .join(' ')
}

function Learning({ log }: OfLog) {
  const say = portfolioWords.learning
  const sums = learningOf(log, today())
  const certificates = certificatesOf(log)
  const all = sums.reduce((sum, { minutes }) => sum + minutes, 0)
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      {sums.length === 0 ? (
        <p class="text">{say.none}</p>
      ) : (
        <>
          <p class="text">{say.sum(length(all))}</p>
          <dl class="answers">
            {sums.map(({ sort, minutes }) => (
              <div key={sort}>
                <dt>{learningSorts[sort]}</dt>
                <dd>{minutes > 0 ? length(minutes) : say.noTime}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {certificates.length > 0 && (
        <>
          <h3 class="heading">{say.certificates}</h3>
          <dl class="answers">
            {certificates.map(({ id, sort, title, done, until }) => (
              <div key={id}>
                <dt>{title ?? learningSorts[sort]}</dt>
                <dd>
                  {[
                    done === true ? say.finished : done === false ? say.notYet : '',
                    until === null ? '' : (until < today() ? say.ranOut : say.runsOut)(plainDay(until)),
                  ]
                    .filter(Boolean)
                    .join(' ') || learningSorts[sort]}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

function Skills({ log }: OfLog) {
  const say = portfolioWords.skills
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <p class="text text--quiet">{say.text}</p>
      <dl class="answers">
        {skillsOf(log, today()).map(({ skill, kinds, count }) => (
          <div key={skill}>
            <dt>{skillNames[skill]}</dt>
            <dd>
              {count === 0 ? (skill === 'organisational' ? say.chosenOnly : say.nothing) : say.count(count)}
              {count > 0 && (
                <span class="text--quiet">
                  {': '}
                  {kinds.map(([kind, number]) => `${kindName(kind)} ${number}`).join(', ')}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Reflections() {
  const say = portfolioWords.reflections
  const { reflections, drafts, copies } = live.portfolio.value
  const kept = reflections.filter(({ state }) => state === 'active')
  const gone = kept.length < reflections.length || copies.length > 0
  return (
    <section>
      <h2 class="heading">{say.title}</h2>
      <p class="text text--quiet only-on-screen">{say.text}</p>
      <div class="buttons">
        <a class="button" href="/portfolio/new">
          {say.write}
        </a>
      </div>
      {drafts.map((draft) => {
        const there = reflections.some(({ id }) => id === draft.id)
        return (
          <div key={draft.id} class="nhsuk-inset-text only-on-screen">
            <p class="text">
              <b>{say.unfinished}</b>
            </p>
            <p class="text reflection__start">{startOf(draft.text, ON_SCREEN)}</p>
            <div class="buttons">
              <a
                class="button button--small"
                href={there ? `/portfolio/${draft.id}/change` : `/portfolio/draft/${draft.id}`}
              >
                {say.carryOn}
              </a>
              <button
                type="button"
                class="button button--quiet button--small"
                onClick={() => phone.portfolio.dropDraft(draft.id)}
              >
                {say.throwAway}
              </button>
            </div>
          </div>
        )
      })}
      {kept.length === 0 && <p class="text">{say.empty}</p>}
      {kept.map((one) => (
        <article key={one.id} class="reflection" aria-labelledby={`reflection-${one.id}`}>
          <h3 class="day" id={`reflection-${one.id}`}>
            <a class="link" href={`/portfolio/${one.id}`}>
              {longDay(one.kept_on)}
            </a>
          </h3>
          {one.entry_id && <p class="text text--quiet">{aboutLog(one.entry_id)}</p>}
          <Words text={one.text ?? say.noKey} />
          <Tag sending={one.sending} />
        </article>
      ))}
      {gone && (
        <a class="link only-on-screen" href="/portfolio/deleted">
          {say.deleted}
        </a>
      )}
    </section>
  )
}

/** On the screen the beginning of a long text, on paper all of it. */
function Words({ text }: { readonly text: string }) {
  const start = startOf(text, ON_SCREEN)
  if (start === text) return <p class="reflection__text">{text}</p>
  return (
    <>
      <p class="reflection__text only-on-screen">{start}</p>
      <p class="reflection__text only-on-paper">{text}</p>
    </>
  )
}

export function aboutLog(entry_id: string): string {
  const called = logCalled(entry_id)
  return called === null ? portfolioWords.reflections.goneLog : portfolioWords.reflections.of(called)
}

/** "3 October", with the year when it is not this one. */
function day(of: string): string {
  const plain = plainDay(of)
  return of.slice(0, 4) === today().slice(0, 4) ? plain.slice(0, -5) : plain
}
