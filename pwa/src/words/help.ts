// The longer texts of the help pages. Each says only what the app does today.

export interface Part {
  readonly heading?: string
  readonly text?: string
  readonly list?: readonly string[]
  readonly steps?: readonly string[]
}

const howTo: readonly Part[] = [
  {
    text: 'You log what you did in a few taps. You do not need signal.',
    steps: [
      'On Log, tap what you did.',
      'Tap how long it took and how you were in touch.',
      'Look at what is already filled in. Tap any of it to change it.',
      'Tap Save.',
    ],
  },
  {
    heading: 'Did you do the same before?',
    text: 'Tap it under Log again. It opens filled in. Check it and tap Save.',
  },
  {
    heading: 'Was that a slip?',
    text: 'Tap Undo straight after, or open the log in My log. You can change it, delete it and bring it back.',
  },
  {
    heading: 'How long is how long?',
    text: 'Count the time with the person. Leave out travel and notes.',
  },
  {
    heading: 'No signal?',
    text: 'Your log is saved on this phone and waits. It sends by itself when you have signal. The top of the page says how many are waiting.',
  },
]

const privacy: readonly Part[] = [
  {
    heading: 'What is kept',
    list: [
      'what you did, the day, how long and how',
      'your answers to the other questions, if you give any',
      'a person code, if your service uses them',
      'that it was you who logged it, and when it reached the service',
    ],
  },
  {
    heading: 'What is never kept',
    list: [
      'names, dates of birth, addresses or NHS numbers of people you support',
      'diagnoses, symptoms, medication or risk',
      'where you are: the app never asks your phone for it',
    ],
  },
  {
    heading: 'Who sees it',
    list: [
      'You see your own logs.',
      'Only you see what you write under My portfolio. It is sealed on your phone before it is sent.',
      'Your team lead sees the logs and figures of your team.',
      'Analysts and service admins see figures only. Small numbers are hidden from them.',
      'The people who run the server can reach what is stored on it.',
    ],
  },
  {
    heading: 'On this phone',
    text: 'Logs are sealed on this phone. Someone who has your unlocked phone can still open the app and read them, so keep a screen lock on. The seal does not stop an expert who has the phone itself. When you log out, logs that are not sent yet stay on the phone, sealed, until you log in again.',
  },
]

export const help = { howTo, privacy }
