// On the page of what waits: a lead's decisions that are not sent yet, and those that the server refused.
import { live, phone } from '../../ui/live'
import { decidedWords } from '../../words/decided'
import { problemText } from '../reason'
import { byWhom } from './names'

export function UnsentDecisions() {
  const decisions = live.decisions.value
  const waiting = decisions.filter(({ sending }) => sending === 'waiting').length
  const refused = decisions.filter(({ sending }) => sending === 'needs_a_look')
  const say = decidedWords.unsent
  return (
    <>
      {waiting > 0 && <p class="text">{say.waiting(waiting)}</p>}
      {refused.length > 0 && (
        <section>
          <h2 class="heading">{say.title}</h2>
          <ul class="rows">
            {refused.map(({ id, action, author_id, reason, problems }) => (
              <li key={id} class="row row--wrap">
                <span class="row__text">
                  <b>{say.names[action](byWhom(author_id))}</b>
                  <span>{problemText(reason, problems)}</span>
                </span>
                <button
                  type="button"
                  class="button button--quiet button--small"
                  onClick={() => phone.lead.putAway(id)}
                >
                  {say.putAway}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
