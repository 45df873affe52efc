// Adding the app to the home screen: a button where the browser has one, otherwise steps with small pictures.
import { installed, onApple } from '../ui/install'
import { Page } from '../ui/page'
import { installWords } from '../words/comfort'
import { words } from '../words/en'
import { InstallButton } from './install-button'

// What is on the buttons that a step names. Beside the words, they say nothing themselves.
const pictures = {
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM15.5 8.5l-2 5-5 2 2-5Z',
  share: 'M12 14.5V3.5M8.5 6.5 12 3l3.5 3.5M8 10H6v10.5h12V10h-2',
  dots: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  plus: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM12 8v8M8 12h8',
  home: 'M7 2.5h10a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1ZM9 6h2v2H9ZM13 6h2v2h-2ZM9 11h2v2H9ZM11 18.5h2',
}

export function Install() {
  const { safari, chrome } = installWords
  const there = installed()
  return (
    <Page title={words.help.install} back="/help">
      <p class="text">{there ? installWords.done : installWords.lead}</p>
      {!there && <InstallButton />}
      {(there ? [] : onApple() ? [safari, chrome] : [chrome, safari]).map(({ heading, steps }) => (
        <section key={heading} class="prose">
          <h2>{heading}</h2>
          <ol class="steps">
            {steps.map(({ picture, text }) => (
              <li key={text}>
                <Picture of={picture} />
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Page>
  )
}

function Picture({ of }: { readonly of: keyof typeof pictures }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width={of === 'dots' ? '3' : '1.75'}
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={pictures[of]} />
    </svg>
  )
}
