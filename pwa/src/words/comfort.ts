// The words of the comfort settings and of adding the app to a phone.

export const comfortWords = {
  title: 'Comfort settings',
  kept: 'What you choose is kept on this phone.',
  colours: 'Colours',
  colourChoices: { phone: 'Same as my phone', light: 'Light', cream: 'Cream', dark: 'Dark' },
  spacing: 'Text spacing',
  spacingChoices: { usual: 'Usual', wider: 'Wider' },
  movement: 'Movement',
  movementChoices: { phone: 'Same as my phone', still: 'None' },
  size: 'Text size',
  sizeText: 'The app follows the text size of your phone.',
  sizeSteps: [
    'iPhone or iPad: open Settings, then Accessibility, then Display and Text Size, then Larger Text.',
    'Android: open Settings, then Display, then Font size. In Chrome also look under Settings, then Accessibility.',
    'Computer: hold Ctrl (on a Mac, Cmd) and press +.',
  ],
}

export const installWords = {
  lead: 'On your home screen the app opens like any other. The browser then keeps your logs safe.',
  done: 'The app is on your home screen. You opened it from there.',
  now: 'Install',
  ask: 'You can add the app to your phone. It then opens like any other app.',
  notNow: 'Not now',
  safari: {
    heading: 'iPhone or iPad',
    steps: [
      { picture: 'compass', text: 'Open this page in Safari.' },
      { picture: 'share', text: 'Tap Share: a square with an arrow.' },
      { picture: 'plus', text: 'Tap Add to Home Screen. Leave Open as Web App on.' },
      { picture: 'home', text: 'Tap Add. Open the app from your home screen and log in there.' },
    ],
  },
  chrome: {
    heading: 'Android',
    steps: [
      { picture: 'compass', text: 'Open this page in Chrome.' },
      { picture: 'dots', text: 'Tap the menu: three dots.' },
      { picture: 'plus', text: 'Tap Add to home screen, then Install.' },
      { picture: 'home', text: 'Open the app from your home screen.' },
    ],
  },
} as const

/** What stands until it is dealt with. Each says what is safe before what to do. */
export const standingWords = {
  look: (n: number) =>
    n === 1
      ? '1 log needs a look. It is safe on this phone.'
      : `${n} logs need a look. They are safe on this phone.`,
  lookNow: 'Look at it now',
  lookAll: 'Look at them now',
}
