// What happens at the server: accounts, teams, roles, settings and months change, a lead acts, a backup takes its place.
import { canonical } from './canonical.ts'
import type { Happening } from './happenings.ts'
import { USERS } from './world.ts'

export const AT_THE_SERVER = {
  expire(world, device) {
    world.fault('session expired')
    world.note(`${device.name} its user's sessions end`)
    world.ask('expire', { user: world.chance.one(USERS[device.name] ?? []) })
  },

  suspend(world, device) {
    const [closed_before] = world.suspended
    const user = closed_before ?? world.chance.one(USERS[device.name] ?? []) ?? ''
    const closed = closed_before === undefined
    world.fault(closed ? 'user suspended' : 'user restored')
    world.note(`${user} ${closed ? 'suspended' : 'restored'}`)
    world.ask('suspend', { user, closed })
    if (closed) world.suspended.add(user)
    else world.suspended.delete(user)
  },

  move(world, device) {
    const user = world.chance.one(USERS[device.name] ?? [])
    const team = world.chance.one(Object.keys(world.people.teams))
    world.moves += 1
    world.fault('team changed')
    const now = world.ask<{ member: boolean }>('move', { user, team, number: world.moves })
    world.note(`${user} ${now.member ? 'joins' : 'leaves'} ${team}`)
  },

  /** A worker becomes lead of a team, or a lead a worker. */
  promote(world, device) {
    const user = world.chance.one(USERS[device.name] ?? [])
    const team = world.chance.one(Object.keys(world.people.teams))
    world.moves += 1
    const { role } = world.ask<{ role: string | null }>('promote', { user, team, number: world.moves })
    if (role === null) return
    world.fault('role changed')
    world.note(`${user} is ${role} of ${team}`)
  },

  /** A month is closed, or opened again. */
  months(world) {
    const team = world.chance.one(Object.keys(world.people.teams))
    const month = world.chance.one(['2026-10-01', '2026-10-01', '2026-09-01'])
    const { closed } = world.ask<{ closed: boolean }>('month', { team, month })
    world.fault(closed ? 'month closed' : 'month opened again')
    world.note(`${month?.slice(0, 7)} of ${team} ${closed ? 'closed' : 'open'}`)
  },

  backup(world) {
    world.backups += 1
    world.note(`backup ${world.backups}`)
    world.ask('backup', { number: world.backups })
    world.ledger.keepBackup(world.backups)
  },

  restore(world) {
    if (world.backups === 0) return
    const number = Math.max(1, world.backups - world.chance.whole(0, 2))
    world.fault('server restored')
    const { epoch } = world.ask<{ epoch: number }>('restore', { number })
    world.ledger.restore(number, epoch)
    // Who may work here today is not a matter of the backup.
    for (const user of Object.keys(world.people.users)) {
      world.ask('suspend', { user, closed: world.suspended.has(user) })
    }
    world.note(`restored from backup ${number}: epoch ${epoch}, ${world.ledger.stored.size} operations`)
  },

  /** The service asks for something else from now on; the phones hear of it later. */
  settings(world) {
    const { chance } = world
    const notes = chance.is(0.5) ? 'off' : 'short'
    const back_dating_days = chance.one([60, 60, 10])
    world.fault('settings changed')
    world.note(`notes ${notes}, ${back_dating_days} days back`)
    world.ask('settings', { notes, back_dating_days })
  },

  lead_voids(world) {
    const { voided } = world.ask<{ voided: string | null }>('lead_voids', { choice: world.chance.next() })
    if (voided === null) return
    world.fault('voided by the lead')
    world.note(`the lead voids ${voided.slice(-6)}`)
  },

  /** The lead repeats what waits, so that it takes effect as its author's; or lets it go. */
  lead_settles(world) {
    const accepts = world.chance.is(0.6)
    const answer = world.ask<{ conflict: string | null; outcome?: string; reason?: string }>('lead_settles', {
      choice: world.chance.next(),
      accepts,
    })
    if (answer.conflict === null) return
    const said = `${answer.outcome} ${answer.reason ?? ''}`
    if (answer.outcome === 'applied') world.fault(accepts ? 'accepted by the lead' : 'settled by the lead')
    world.note(`the lead ${accepts ? 'accepts' : 'settles'} ${answer.conflict.slice(-6)}: ${said}`)
  },

  /** Somebody sends other words under an id that the server knows. */
  misuse(world, device) {
    const { ledger } = world
    const known = [...ledger.wire.keys()].filter((id) => ledger.stored.has(id) && ledger.saved.has(id))
    const id = world.chance.one(known)
    const saved = ledger.saved.get(id ?? '')
    if (id === undefined || saved === undefined || device.cookie === '') return
    world.fault('id used again')
    const operation = { ...JSON.parse(ledger.wire.get(id) ?? ''), made_at: 1 }
    const answer = world.ask<{ outcome: string; reason: string | null }>('misuse', {
      user_id: saved.user_id,
      operation,
    })
    // Nobody can be made to listen to a user whose account is closed.
    if (answer.outcome === 'none') return
    const refused = answer.outcome === 'rejected' && answer.reason === 'id_reused'
    ledger.must(22, refused, () => `operation ${id} with other words was ${canonical(answer)}`)
  },
} satisfies Record<string, Happening>
