// What people do with their phones.
import type { Draft, LogItem, Phone, SaveAnswer } from '../../../pwa/src/data/phone'
import type { Tab } from './device.ts'
import { USERS, type World } from './world.ts'

type Act =
  | 'save'
  | 'save_twice'
  | 'keep_draft'
  | 'amend'
  | 'remove'
  | 'bring_back'
  | 'undo'
  | 'settle'
  | 'add_person'

const ACTS: Record<Act, number> = {
  save: 30,
  save_twice: 4,
  keep_draft: 8,
  amend: 26,
  remove: 8,
  bring_back: 4,
  undo: 6,
  settle: 12,
  add_person: 5,
}

/** Few entries, changed again and again from everywhere. */
const HOT: Record<Act, number> = {
  ...ACTS,
  save: 6,
  save_twice: 1,
  keep_draft: 2,
  amend: 60,
  remove: 8,
  add_person: 1,
}

/** Somebody does something in this tab. */
export function act(world: World, tab: Tab, what?: Act): void {
  const phone = tab.phone
  if (phone === null) return
  const { session, sync } = phone.snapshot()
  if (session === null || sync.phase === 'needs_signin') {
    signIn(world, tab)
    if (session === null) return
  }
  const kind = what ?? world.chance.weighted(world.hot ? HOT : ACTS)
  const item = chosen(world, phone, kind)
  if (item === null) world.note(`${tab.device.name} ${kind}`)
  else world.note(`${tab.device.name} ${kind} ${item.id.slice(-6)} ${item.sending}`)
  if (kind === 'save' || kind === 'save_twice') save(world, tab, phone, kind === 'save_twice')
  else if (kind === 'keep_draft') keepDraft(tab, phone, newDraft(world, phone))
  else if (kind === 'add_person') addPerson(world, tab, phone)
  else if (item !== null) told(tab, change(world, phone, kind, item))
}

/** Signs in as the user of this phone, or as another. */
export function signIn(world: World, tab: Tab, login?: string): void {
  if (tab.phone === null || tab.signing) return
  const known = tab.phone.snapshot().session?.user.login
  const who = login ?? known ?? world.chance.one(USERS[tab.device.name] ?? []) ?? ''
  world.note(`${tab.device.name} signs in as ${who}`)
  tab.signing = true
  const done = () => {
    tab.signing = false
  }
  tab.phone.signIn(who, world.people.password).then(done, done)
}

function chosen(world: World, phone: Phone, kind: Act): LogItem | null {
  const { log } = phone.snapshot()
  const fit: Partial<Record<Act, (item: LogItem) => boolean>> = {
    amend: ({ state }) => state === 'active',
    remove: ({ state }) => state === 'active',
    bring_back: ({ state }) => state === 'void',
    undo: () => true,
    settle: ({ sending }) => sending === 'changed_in_two_places' || sending === 'needs_a_look',
  }
  const fits = fit[kind]
  if (fits === undefined) return null
  const found = log.filter(fits)
  if (!world.hot) return world.chance.one(found) ?? null
  const newest = [...found].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, 2)
  return world.chance.one(newest) ?? null
}

function change(world: World, phone: Phone, kind: Act, item: LogItem): Promise<SaveAnswer> {
  const { chance } = world
  if (kind === 'remove') return phone.remove(item.id, chance.is(0.5) ? 'made by mistake' : undefined)
  if (kind === 'bring_back') return phone.bringBack(item.id)
  if (kind === 'undo') return phone.undo(item.id)
  if (kind === 'settle' && item.sending === 'changed_in_two_places') {
    return phone.choose(item.id, chance.is(0.5) ? 'mine' : 'theirs')
  }
  if (kind === 'settle' && chance.is(0.3)) return phone.remove(item.id)
  const days = chance.is(0.15) ? { happened_on: day(world, chance.whole(0, 20)) } : {}
  const place = chance.is(0.3) ? { place: chance.one(['ward', 'patients_home'] as const) ?? null } : {}
  return phone.amend(item.id, { minutes: chance.whole(5, 120), ...place, ...days })
}

function save(world: World, tab: Tab, phone: Phone, twice: boolean): void {
  const { chance } = world
  const { drafts } = phone.snapshot()
  const draft = chance.is(0.4) && drafts.length > 0 ? (chance.one(drafts) as Draft) : newDraft(world, phone)
  if (draft.team_id === '') return
  // A form writes itself down while it is filled in.
  if (chance.is(0.4)) keepDraft(tab, phone, draft)
  world.ledger.forms.add(draft.id)
  promised(world, tab, draft, phone.save(draft))
  if (!twice) return
  world.fault('form sent twice')
  promised(world, tab, draft, phone.save(draft))
}

function keepDraft(tab: Tab, phone: Phone, draft: Draft): void {
  const { device } = tab
  const { ledger } = device.around
  const { storage } = device
  phone.keepDraft(draft).then(() => {
    // The app says in its snapshot whether the form is kept.
    if (!tab.alive || !phone.snapshot().drafts.some(({ id }) => id === draft.id)) return
    ledger.drafts.set(draft.operation_id, { device, storage, draft_id: draft.id })
  })
}

function addPerson(world: World, tab: Tab, phone: Phone): void {
  const team_id = world.chance.one(phone.snapshot().session?.memberships ?? [])?.team_id
  if (team_id == null) return
  const added = phone.addPerson(`KITE-${world.chance.whole(1, 12)}`, team_id)
  added.then(undefined, (error: unknown) => stumbled(tab, error))
}

function newDraft(world: World, phone: Phone): Draft {
  const { chance } = world
  const { persons, session } = phone.snapshot()
  const team_id = chance.one(session?.memberships ?? [])?.team_id ?? ''
  const person_id = chance.is(0.3) ? (chance.one(persons)?.person.id ?? null) : null
  const came = chance.is(0.85)
  const noted = session?.service.settings.notes === 'short' && chance.is(0.4)
  const answers = {
    ...(noted ? { note: 'We talked about the week.' } : {}),
    team_id,
    person_id,
    mode: chance.one(['in_person', 'phone', 'video'] as const) ?? null,
    attendance: came ? ('attended' as const) : ('did_not_attend' as const),
    minutes: came ? chance.whole(5, 120) : 0,
    happened_on: day(world, chance.is(0.3) ? chance.whole(1, 61) : 0),
  }
  switch (chance.whole(0, 3)) {
    case 0:
      return phone.openDraft('one_to_one', {
        ...answers,
        details: { kind: 'one_to_one', first_meeting: came },
      })
    case 1: {
      const details = { kind: 'accompanied_appointment', appointment_kind: 'gp' } as const
      return phone.openDraft('accompanied_appointment', { ...answers, details })
    }
    case 2: {
      const details = { kind: 'signposting', items: [{ category: 'housing', how: 'gave_info' }] } as const
      return phone.openDraft('signposting', { ...answers, details })
    }
    default: {
      const details = { kind: 'discharge_support', stage: 'post_discharge' } as const
      return phone.openDraft('discharge_support', { ...answers, details })
    }
  }
}

/** The day on the calendar, some days before. */
function day(world: World, before: number): string {
  return new Date(world.at - before * 86_400_000).toISOString().slice(0, 10)
}

function promised(world: World, tab: Tab, draft: Draft, answer: Promise<SaveAnswer>): void {
  told(tab, answer, () => world.ledger.promised.add(draft.operation_id))
}

/** Whatever the app answers, it may only say that its storage fails when that is so. */
function told(tab: Tab, answer: Promise<SaveAnswer>, kept: () => void = () => undefined): void {
  const { device } = tab
  const deaths = device.deaths
  answer.then(
    (said) => {
      if (!tab.alive) return
      if (said.ok) kept()
      else if (typeof said.problem === 'string' && device.deaths === deaths)
        device.around.complained(said.problem)
    },
    (error: unknown) => stumbled(tab, error),
  )
}

function stumbled(tab: Tab, error: unknown): void {
  // A tab in which somebody signed out meanwhile, or whose storage failed, may say that it could not.
  if (!tab.alive || /nobody is signed in|storage_/.test(String(error))) return
  tab.device.around.complained(String(error))
}
