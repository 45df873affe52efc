// One list of answers: which are offered and what they are called; or the names to choose from, where it takes a name.
import { useSignal } from '@preact/signals'
import type { Settings } from '../../data/phone'
import type { AnswerList } from '../../data/schema.gen'
import { listWrong } from '../../rules/settings'
import { Face } from '../../ui/chips'
import { kindName } from '../../ui/describe'
import { Field } from '../../ui/field'
import { Icon } from '../../ui/icons'
import { adminWords } from '../../words/admin'
import { NotFound } from '../not-found'
import { type List, listNamed } from './lists'
import { type Editing, fieldId, SettingsPage } from './settings-page'

export function Answers({ name }: { readonly name: string }) {
  const list = listNamed(name)
  if (list === null) return <NotFound />
  const [kind = ''] = name.split('.')
  const ofKind = kind === 'entry' ? null : (kind as Settings['kinds'][number]['kind'])
  return (
    <SettingsPage
      page={`answers ${name}`}
      title={ofKind === null ? list.title : `${kindName(ofKind)}: ${list.title}`}
      back={ofKind === null ? '/admin/activities' : `/admin/activities/${ofKind}`}
      check={(settings) => listWrong(settings, name, list.plain, list.longest ?? undefined)}
      nameOf={(where) => calledIn(where, list)}
    >
      {(editing) =>
        list.longest === null ? <Choices list={list} {...editing} /> : <Names list={list} {...editing} />
      }
    </SettingsPage>
  )
}

type PartProps = Editing & { readonly list: List }

function Choices({ list: { name, plain, stands }, mine, change, wrongAt }: PartProps) {
  const say = adminWords.answers
  const { retired = [], labels = {} } = mine.answers[name] ?? {}
  const set = (next: Partial<AnswerList>) => change({ answers: withList(mine, name, next) })
  const none = wrongAt(`answers.${name}.retired`)
  // The answer whose new name is just now the usual one: it may be the beginning of a longer one.
  const typed = useSignal('')

  function call(answer: string, language: 'en' | 'cy', text: string) {
    const words = { en: labels[answer]?.en ?? '', cy: labels[answer]?.cy ?? null, [language]: text || null }
    const { [answer]: _, ...others } = labels
    // A Welsh name alone stands beside the usual English one.
    const en = words.en || plain[answer] || ''
    const usual = en === plain[answer] && !words.cy
    set({ labels: usual ? others : { ...others, [answer]: { en, cy: words.cy } } })
  }

  return (
    <>
      <p class="text text--quiet">{say.lead}</p>
      <fieldset class={`question${none ? ' question--error' : ''}`} id={fieldId(`answers.${name}.retired`)}>
        <legend class="nhsuk-u-visually-hidden">{adminWords.activity.lists}</legend>
        {none && <p class="nhsuk-error-message">{none}</p>}
        <ul class="rows">
          {Object.entries(plain).map(([answer, usual]) => {
            const at = `answers.${name}.labels.${answer}`
            const own = labels[answer]
            const called = own?.en || usual
            const wrong = wrongAt(`${at}.en`) ?? wrongAt(`${at}.cy`)
            return (
              <li key={answer} class="row row--wrap choice">
                <label class="chip">
                  <input
                    type="checkbox"
                    checked={!retired.includes(answer)}
                    disabled={answer === stands}
                    aria-label={say.offered(called)}
                    onChange={(event) =>
                      set({
                        retired: event.currentTarget.checked
                          ? retired.filter((one) => one !== answer)
                          : [...retired, answer],
                      })
                    }
                  />
                  <Face many>{called}</Face>
                </label>
                {answer === stands && <span class="text--quiet">{say.stands}</span>}
                <details class="more choice__more" open={wrong !== undefined}>
                  <summary>
                    <b>{say.rename}</b>
                    <span class="nhsuk-u-visually-hidden"> {say.renameOf(called)}</span>
                    <Icon name="down" />
                  </summary>
                  <div class="more__body">
                    <Field
                      id={fieldId(`${at}.en`)}
                      label={say.label}
                      about={usual}
                      hint={say.labelHint(usual)}
                      error={wrongAt(`${at}.en`)}
                      value={
                        own !== undefined && own.en !== usual ? own.en : typed.value === answer ? usual : ''
                      }
                      spellcheck
                      onInput={(text) => {
                        typed.value = text === usual ? answer : ''
                        call(answer, 'en', text)
                      }}
                    />
                    <Field
                      id={fieldId(`${at}.cy`)}
                      label={say.label_cy}
                      about={usual}
                      error={wrongAt(`${at}.cy`)}
                      value={own?.cy ?? ''}
                      onInput={(text) => call(answer, 'cy', text)}
                    />
                  </div>
                </details>
              </li>
            )
          })}
        </ul>
      </fieldset>
    </>
  )
}

function Names({ list: { name }, mine, change, wrongAt }: PartProps) {
  const say = adminWords.answers
  const own = mine.answers[name]?.own ?? []
  const at = own.findIndex((_, place) => wrongAt(`answers.${name}.own.${place}`) !== undefined)
  return (
    <>
      <p class="text text--quiet">{say.ownLead}</p>
      <Field
        id={fieldId(`answers.${name}.own.${Math.max(at, 0)}`)}
        label={say.own}
        hint={say.ownHint}
        error={
          at < 0 ? undefined : adminWords.about(own[at] ?? '', wrongAt(`answers.${name}.own.${at}`) ?? '')
        }
        value={own.join('\n')}
        long
        spellcheck
        onInput={(text) =>
          change({ answers: withList(mine, name, { own: text === '' ? [] : text.split('\n') }) })
        }
      />
    </>
  )
}

function withList(settings: Settings, name: string, next: Partial<AnswerList>): Settings['answers'] {
  const { [name]: before, ...others } = settings.answers
  const { retired = [], labels = {}, own = [] } = { ...before, ...next }
  const empty = retired.length === 0 && own.length === 0 && Object.keys(labels).length === 0
  return empty ? others : { ...others, [name]: { retired, labels, own } }
}

function calledIn(where: string, { name, plain }: List): string | null {
  const [answer = ''] = where.slice(`answers.${name}.labels.`.length).split('.')
  return where.includes('.labels.') ? (plain[answer] ?? null) : null
}
