// Our icons, drawn as lines. They stand beside words and say nothing themselves.
import type { Kind } from '../data/phone'
import { familyOfKind } from '../rules/family'

const shapes = {
  log: 'M12 5v14M5 12h14',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  team: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 4.5a3.3 3.3 0 0 1 0 6.3M18 15c2 .8 3.2 2.5 3.6 5',
  chart: 'M5 20v-8M12 20V5M19 20v-5',
  choose: 'M4 7h9M17 7h3M15 9.5v-5M4 17h3M11 17h9M9 19.5v-5',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.3a2.6 2.6 0 0 1 5 .7c0 1.7-2.5 2-2.5 3.7M12 17h.01',
  tick: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V12l3 2',
  look: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V13M12 16.5h.01',
  left: 'm15 5-7 7 7 7',
  right: 'm9 5 7 7-7 7',
  down: 'm6 9 6 6 6-6',
  one_to_one: 'M4 5h11v8H9l-3.5 3v-3H4ZM18 9h2v8h-1.5v2.5L15.5 17H11v-1',
  accompanied_appointment:
    'M8 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM16 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5 20v-5.5l-.5-.5v-2c0-1 .8-2 2-2h3c1.2 0 2 1 2 2v2l-.5.5V20M12.5 12c0-1 .8-2 2-2h3c1.2 0 2 1 2 2v2l-.5.5V20M12.5 20v-5.5',
  signposting: 'M12 3v18M5 5h12l2.5 2.5L17 10H5ZM19 12H9l-2.5 2.2L9 16.5h10Z',
  discharge_support: 'M4 11.5 12 5l8 6.5M6 10v9.5h12V10M10 19.5v-5h4v5',
  // What a kind without an icon of its own has: that of its family.
  direct:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3-5.5 6.5-5.5s5.9 1.9 6.5 5.5M17 8v6M14 11h6',
  group:
    'M12 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM5 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM19 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 19c.4-3.4 2.2-5 5-5s4.6 1.6 5 5M1.5 18c.2-2.2 1.3-3.5 3.5-3.5M22.5 18c-.2-2.2-1.3-3.5-3.5-3.5',
  indirect:
    'M5 4h3.5l1.5 4-2 1.5a11 11 0 0 0 6.5 6.5l1.5-2 4 1.5V19a1.5 1.5 0 0 1-1.700 1.5A16 16 0 0 1 3.5 5.700 1.5 1.5 0 0 1 5 4Z',
  other:
    'M7 4.5h10a1.5 1.5 0 0 1 1.5 1.5v13a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V6A1.5 1.5 0 0 1 7 4.5ZM9 9.5h6M9 13h6M9 16.5h3.5',
}

export type IconName = keyof typeof shapes | Kind

const shapeOf = (name: IconName) =>
  name in shapes ? shapes[name as 'log'] : shapes[familyOfKind(name as Kind)]

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={shapeOf(name)} />
    </svg>
  )
}

/** Two that lean the same way: alongside. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark__one" x="6.5" y="4" width="8" height="24" rx="4" transform="rotate(14 10.5 16)" />
      <rect class="mark__two" x="17.5" y="8" width="8" height="20" rx="4" transform="rotate(14 21.5 18)" />
    </svg>
  )
}
