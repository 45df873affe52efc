// The words of the pages about the people that a team supports: a code, never a name.
import type { Person } from '../data/schema.gen'
import { count } from './count'

const reasons: Record<NonNullable<Person['end_reason']>, string> = {
  planned_ending: 'Planned ending',
  moved_on: 'Moved on to other support',
  chose_to_stop: 'They chose to stop',
  moved_away: 'Moved away',
  no_contact: 'We lost touch',
  other: 'Another reason',
}

export const peopleWords = {
  title: 'People you support',
  text: 'Your team sees these codes. The logs here are your own.',
  empty: 'Nobody has been added yet.',
  all: 'All people',
  team: 'Which team?',
  search: 'Find people',
  find: 'Find a code',
  none: 'No code like this. Try fewer letters.',
  showMore: 'Show more people',
  waiting: 'Waiting to send',
  look: 'Needs a look',
  twoPlaces: 'Changed in two places',
  ended: 'No longer supported',
  twice: 'Two people have this code',
  lastLog: (day: string) => `Last log ${day}`,

  add: {
    title: 'Add a person',
    code: 'Code of the new person',
    button: 'Add person',
    done: (code: string) => `${code} is on this phone. It will send when you have signal.`,
    known: (code: string) => `${code} was already there.`,
  },

  one: {
    code: 'Code',
    started: 'Started on',
    patient: 'Local patient reference',
    referral: 'Referral reference',
    ended: 'Ended on',
    why: 'Why it ended',
    notAdded: 'Not added',
    change: 'Change these',
    end: 'End support',
    bringBack: 'Bring back',
    broughtBack: (code: string) => `${code} is among the people you support again.`,
    same: 'This is the same person as…',
    twice: 'Two people have this code. They may be the same person.',
    areThey: 'Are they the same person?',
    also: 'Also under',
    takeApart: 'Take apart',
    apart: (code: string) => `${code} is a person of their own again.`,
    logs: 'Your logs with this person',
    noLogs: 'You have no logs with this person on this phone.',
    olderLogs: 'Show older logs',
    fix: 'Look at it now',
    looks: 'A change of this person needs a look. It is safe on this phone.',
  },

  change: {
    title: 'Change this person',
    startedHint: 'You can leave this empty.',
    forReturn: 'Your service may need these for its national return. You can leave both empty.',
    referenceHint: 'From your service’s records. Never an NHS number.',
    saved: 'Saved and sent.',
    savedHere: 'Saved on this phone. It will send when you have signal.',
    endBeforeStart: 'The end is before the start. Change one of the two days.',
  },

  end: {
    title: 'End support?',
    text: 'This person leaves the list of codes in your forms. Your logs stay, and you can bring the person back.',
    when: 'When did it end?',
    why: 'Why did it end?',
    missingDay: 'Choose the day when it ended',
    missingWhy: 'Choose why it ended',
    button: 'End support',
    done: (code: string) => `${code} is under No longer supported.`,
    reasons,
  },

  same: {
    title: 'Which person is the same?',
    ask: 'Same person as',
    text: 'Sometimes one person gets two codes. The logs of both are then shown under one.',
    nobody: 'There is nobody else in this team.',
    goOn: 'Go on',
    missing: 'Choose the code that is the same person',
    sure: 'Is this the same person?',
    question: (goes: string, stays: string) =>
      goes === stays
        ? `Both have the code ${stays}. Are they the same person?`
        : `Are ${goes} and ${stays} the same person?`,
    after: (stays: string) =>
      `The logs of both are then shown under ${stays}. You can take them apart again.`,
    yes: 'Yes, the same person',
    no: 'No, go back',
    done: (stays: string) => `Their logs are together under ${stays}.`,
  },

  looking: {
    title: 'This person needs a look',
    twoTitle: 'This person was changed in two places',
    two: 'You changed this person on this phone. They were also changed on another device. Choose the one to keep.',
    notThere: 'Your service has not got this person.',
    cannotJoin: 'These two people cannot be put together now. One of them was changed on another device.',
    leaveApart: 'Leave them apart',
    settled: 'Settled.',
    letGo: 'Do without this change',
    changeLetGo: 'Settled. This change is not sent.',
  },
}

/** How many there are, for those who do not see the list. */
export const peopleFound = (n: number) =>
  n === 0 ? peopleWords.none : `${count(n, 'person', 'people')} found.`
