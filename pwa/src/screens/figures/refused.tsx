// Why figures cannot be shown, when it is not for want of signal.
import type { Problem } from '../../data/schema.gen'
import { problems, words } from '../../words/en'

export function Refused({ code }: Problem) {
  return (
    <div class="nhsuk-inset-text">
      <p class="text">{problems[code] ?? problems.unexpected}</p>
      {code === 'not_signed_in' && (
        <a class="button button--small" href="/sign-in">
          {words.signIn.title}
        </a>
      )}
    </div>
  )
}
