// What a service's admin reads when choosing what the service records. What changes, for whom, and what stays.
import type { Wrong } from '../rules/settings'

export const adminWords = {
  title: 'Your service',
  lead: 'What you choose here is for everyone in your service.',

  save: 'Save',
  saved: 'Saved. Phones take it over when they are next in touch.',
  nothing: 'Nothing was changed.',
  unsaved: 'There are changes here that are not saved yet.',
  drop: 'Undo these changes',
  newer:
    'Someone else saved other changes in the meantime. Yours are still here, with theirs added. Look through them, then save again.',
  offline: 'This needs signal. Your changes are still here. Save again when you have signal.',
  serverDown:
    'Sorry, the service is not working right now. Your changes are still here. Save again in a minute.',
  signIn: 'Please log in again. Your changes are still here when you come back to this page.',
  seeChanges: 'See what was changed',

  wrong: {
    required: 'Enter a name',
    twice: 'Two have this name. Give each its own.',
    too_long: 'Make this shorter',
    bad_text: 'Take out signs that cannot be shown',
    nothing_offered: 'Leave at least one on offer',
    not_an_integer: 'Enter a number of days from 0 to 366',
  } satisfies Record<Wrong['code'], string>,
  wrongWeek: 'Choose at least one day',
  about: (name: string, text: string) => `${name}: ${text}`,

  activities: {
    title: 'Activities and answers',
    hint: 'Which you offer, in what order, and what they are called',
    lead: 'Workers see these in this order. One that is off is not for new logs. Old logs keep it.',
    offered: 'Offered',
    up: 'Up',
    down: 'Down',
    move: (name: string, way: 'up' | 'down') => `Move ${name} ${way}`,
    moved: (name: string, place: number, of: number) => `${name} is now ${place} of ${of}`,
    open: (name: string) => `Names and answers of ${name}`,
    everyTitle: 'Answers that every activity has',
  },

  activity: {
    lead: 'The name can change. What it counts as stays, so that your figures can be compared.',
    label: 'Name',
    label_cy: 'Name in Welsh (optional)',
    lists: 'Its answers',
    none: 'It has no answers to choose from.',
    count: (offered: number, all: number) =>
      offered === all ? `${all} answers` : `${offered} of ${all} answers`,
    names: (n: number) => (n === 0 ? 'No names yet' : `${n} ${n === 1 ? 'name' : 'names'}`),
  },

  answers: {
    lead: 'An answer that is off is not for new logs. Old logs keep it. What an answer means stays the same.',
    offered: (name: string) => `Offer ${name}`,
    stands: 'This is what no answer means, so it stays.',
    rename: 'Name',
    renameOf: (name: string) => `of ${name}`,
    label: 'Your name for it',
    labelHint: (usual: string) => `Leave it empty to use: ${usual}`,
    label_cy: 'In Welsh (optional)',
    own: 'Names to choose from',
    ownHint: 'One on each line. Names of places and groups, never of people.',
    ownLead: 'Workers choose one of these, or type another.',
  },

  rules: {
    title: 'Rules',
    hint: 'Person codes, how far back, small numbers, your week, what leads see',
    codes: {
      ask: 'Do logs have a person code?',
      hint: 'A code of your own for a person, never a name or an NHS number.',
      answers: { off: 'No', optional: 'If the worker wants', required: 'Yes, always' },
    },
    days: {
      ask: 'How many days back can people log?',
      hint: 'What comes later is kept, and waits for the team lead.',
    },
    small: {
      ask: 'How are small numbers hidden?',
      hint: 'In everything that leaves a team. Team leads see the true figures of their own team.',
      answers: { mhsds: 'Under 5, with 0', hes: '1 to 7, not 0' },
      examples: {
        mhsds: 'As in the NHS mental health statistics. 0 and 4 show as *. 6 shows as 5. 23 shows as 25.',
        hes: 'As in the NHS hospital statistics. 0 shows as 0. 4 and 7 show as *. 23 shows as 25.',
      },
    },
    week: {
      ask: 'On which days does your service work?',
      hint: 'The days on which people log as usual.',
      answers: {
        monday: 'Monday',
        tuesday: 'Tuesday',
        wednesday: 'Wednesday',
        thursday: 'Thursday',
        friday: 'Friday',
        saturday: 'Saturday',
        sunday: 'Sunday',
      },
    },
    leads: {
      ask: 'Do team leads see who logged what?',
      hint: 'In the entries of the team, and in what happened to each.',
      answers: { names: 'Yes, with names', team: 'No, only what the team logged' },
      team: 'A log that needs a decision still says whose it is, so that the lead can ask. So do the phones of the team.',
    },
  },

  changes: {
    title: 'What was changed',
    hint: 'Who changed these settings, and when',
    empty: 'Nothing has been changed yet.',
    byOperator: 'By the people who run the server',
    more: 'Show more',
    nothing: 'nothing',
    yes: 'on',
    no: 'off',
    became: (what: string, before: string, after: string) => `${what}: ${before} → ${after}`,
    names: {
      kinds: 'Order of the activities',
      person_codes: 'Person codes',
      notes: 'Notes',
      back_dating_days: 'Days back',
      small_numbers: 'Small numbers',
      week: 'Working week',
      leads_see: 'What leads see',
    } as Record<string, string>,
    notes: { off: 'off', short: 'short' } as Record<string, string>,
    offered: (name: string) => `${name}, offered`,
    label: (name: string) => `Name of ${name}`,
    label_cy: (name: string) => `Welsh name of ${name}`,
    retired: (list: string) => `${list}, not offered`,
    own: (list: string) => `${list}, names to choose from`,
  },
}
