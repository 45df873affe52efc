// One page of settings: read, changed, saved as a whole. What could not be saved stays as it is on the page.
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ServiceView, Settings } from '../../data/phone'
import type { Problem } from '../../data/schema.gen'
import { tidied, type Wrong } from '../../rules/settings'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { live, phone } from '../../ui/live'
import { go, where } from '../../ui/router'
import { adminWords } from '../../words/admin'
import { problems, words } from '../../words/en'
import { Needs } from '../lead/needs'
import { useRead } from '../lead/use-read'
import { changed, draftOf, drop, keep } from './draft'

export interface Editing {
  readonly mine: Settings
  readonly change: (next: Partial<Settings>) => void
  /** What is wrong with the setting at this path; its field has the id that `fieldId` makes of it. */
  readonly wrongAt: (where: string) => string | undefined
}

interface SettingsPageProps {
  readonly page: string
  readonly title: string
  readonly back: string
  readonly check: (settings: Settings) => readonly Wrong[]
  /** What a setting is called in the summary of what is wrong. */
  readonly nameOf: (where: string) => string | null
  readonly children: (editing: Editing) => ComponentChildren
}

export const fieldId = (where: string) => where.replaceAll('.', '-')

export function SettingsPage({ page, title, back, ...rest }: SettingsPageProps) {
  const { reading, again } = useRead(page, () => phone.service())
  return (
    <Needs title={title} back={back} reading={reading} again={again}>
      {(read) => <Form key={page} page={page} read={read} {...rest} />}
    </Needs>
  )
}

type FormProps = Omit<SettingsPageProps, 'title' | 'back'> & { readonly read: ServiceView }

function Form({ page, read, check, nameOf, children }: FormProps) {
  const draft = draftOf(page, read)
  const wrong = useSignal<readonly Wrong[]>([])
  const trouble = useSignal<Problem | 'offline' | 'server_down' | null>(null)
  const others = useSignal(false)
  const saving = useSignal(false)
  // What was left here before is told once, when the page is opened.
  const left = useSignal(changed(draft))
  useEffect(() => keep(page, draft), [])

  const say = (one: Wrong) => (one.where === 'week' ? adminWords.wrongWeek : adminWords.wrong[one.code])
  const errors: FormError[] = [
    ...wrong.value.map((one) => {
      const name = nameOf(one.where)
      return { id: fieldId(one.where), text: name === null ? say(one) : adminWords.about(name, say(one)) }
    }),
    ...(trouble.value === null ? [] : [{ id: null, text: troubleText(trouble.value) }]),
  ]

  async function save() {
    const held = draftOf(page, read)
    const now = { ...held, mine: tidied(held.mine) }
    wrong.value = check(now.mine)
    trouble.value = null
    if (wrong.value.length > 0 || saving.value) return
    if (!changed(now)) return told(adminWords.nothing)
    saving.value = true
    const answer = await phone.admin.saveSettings(now.base.version, now.mine)
    saving.value = false
    if (answer.ok) {
      drop(page)
      keep(page, draftOf(page, answer.service))
      others.value = false
      left.value = false
      told(adminWords.saved)
    } else if (answer.newer !== null) {
      keep(page, draftOf(page, answer.newer))
      others.value = true
    } else trouble.value = answer.problem
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <ErrorSummary errors={errors} />
      <div role="status">
        {others.value && (
          <div class="nhsuk-inset-text">
            <p class="text">{adminWords.newer}</p>
            <a class="link" href="/admin/changes">
              {adminWords.seeChanges}
            </a>
          </div>
        )}
        {left.value && (
          <div class="nhsuk-inset-text">
            <p class="text">{adminWords.unsaved}</p>
            <button
              type="button"
              class="button button--quiet button--small"
              onClick={() => {
                drop(page)
                left.value = false
                wrong.value = []
              }}
            >
              {adminWords.drop}
            </button>
          </div>
        )}
      </div>
      {isSignIn(trouble.value) && (
        <p>
          <a class="button button--quiet" href="/sign-in">
            {words.signIn.title}
          </a>
        </p>
      )}
      {children({
        mine: draft.mine,
        change: (next) => {
          const now = draftOf(page, read)
          keep(page, { ...now, mine: { ...now.mine, ...next } })
        },
        wrongAt: (path) => {
          const found = wrong.value.find((one) => one.where === path)
          return found && say(found)
        },
      })}
      <button type="submit" class="button" aria-disabled={saving.value}>
        {adminWords.save}
      </button>
    </form>
  )
}

const told = (text: string) => go(where.value.path, { replace: true, notice: { what: 'done', text } })

const isSignIn = (trouble: Problem | string | null) =>
  live.session.value !== null && typeof trouble === 'object' && trouble?.code === 'not_signed_in'

function troubleText(trouble: Problem | 'offline' | 'server_down'): string {
  if (trouble === 'offline') return adminWords.offline
  if (trouble === 'server_down') return adminWords.serverDown
  if (trouble.code === 'not_signed_in') return adminWords.signIn
  return problems[trouble.code] ?? problems.unexpected ?? ''
}
