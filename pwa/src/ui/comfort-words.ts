// The comfort settings as words: what is written down, and read by the styles.

/** Nothing chosen is `phone`, `usual` or `phone`, and is not written down. */
export interface Comfort {
  readonly colours: 'phone' | 'light' | 'cream' | 'dark'
  readonly spacing: 'usual' | 'wider'
  readonly movement: 'phone' | 'still'
}

export function comfortOf(words: string): Comfort {
  const said = words.split(' ')
  const one = <T extends string>(choices: readonly T[], otherwise: T) =>
    choices.find((choice) => said.includes(choice)) ?? otherwise
  return {
    colours: one<Comfort['colours']>(['light', 'cream', 'dark'], 'phone'),
    spacing: one<Comfort['spacing']>(['wider'], 'usual'),
    movement: one<Comfort['movement']>(['still'], 'phone'),
  }
}

export function wordsOf({ colours, spacing, movement }: Comfort): string {
  return [colours, spacing, movement].filter((word) => word !== 'phone' && word !== 'usual').join(' ')
}
