// What of a lead's work shows while logging: a month that is closed, and decisions that are not sent yet.

export const decidedWords = {
  you: 'You',
  someone: 'Someone who has left the team',
  somebody: 'Someone in the team',

  closed: {
    ask: (month: string) =>
      `${month} is closed for changes. You can choose another day. If you save it, it is kept and waits for your team lead.`,
    save: 'Save it anyway',
    back: 'Go back',
  },

  unsent: {
    waiting: (n: number) => `${n} ${n === 1 ? 'decision' : 'decisions'} to send.`,
    title: 'Decisions that need a look',
    putAway: 'Put it away',
    names: {
      create: (who: string) => `Accepting a log of ${who}`,
      amend: (who: string) => `A decision on a log of ${who}`,
      void: (who: string) => `Deleting a log of ${who}`,
      unvoid: (who: string) => `Bringing back a log of ${who}`,
    },
  },
}
