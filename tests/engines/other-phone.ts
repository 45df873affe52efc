// The same worker's other phone: it speaks to the server without a browser, and its logs come to this one by a pull.

import { ids } from '../../pwa/src/data/id'
import type { Server } from '../journeys/server'
import { type Caller, signedIn } from './caller'

export class OtherPhone {
  /** The entries that it made. */
  readonly logged = new Set<string>()
  private readonly server: Server
  private readonly newId = ids(Date.now, (bytes) => crypto.getRandomValues(bytes))
  private readonly device_id = this.newId()
  private caller: Caller | null = null
  private epoch = 0

  constructor(server: Server) {
    this.server = server
  }

  async log(minutes: readonly number[]): Promise<void> {
    const { user_id, team_id, call } = await this.signedIn()
    const now = Date.now()
    const operations = minutes.map((each) => {
      const thing_id = this.newId()
      this.logged.add(thing_id)
      return {
        id: this.newId(),
        n: this.logged.size,
        thing: 'entry',
        action: 'create',
        thing_id,
        team_id,
        base: 0,
        schema: 1,
        set: {
          happened_on: new Date(now).toISOString().slice(0, 10),
          minutes: each,
          mode: 'phone',
          details: { kind: 'one_to_one' },
        },
        made_at: now,
        zone: 'Europe/London',
        utc_offset_min: 0,
      }
    })
    const { results } = await call('POST', '/sync/push', {
      protocol: 1,
      device_id: this.device_id,
      user_id,
      app: 'other',
      epoch: this.epoch,
      sent_at: now,
      issued: this.logged.size,
      pending: operations.length,
      oldest_pending_at: now,
      operations,
    })
    for (const { outcome, reason } of results) {
      if (outcome !== 'applied') throw new Error(`the other phone was answered ${outcome}, ${reason}`)
    }
  }

  private async signedIn(): Promise<Caller> {
    if (this.caller === null) {
      this.caller = await signedIn(this.server, 'worker')
      const device = { name: 'Other phone', app: 'other' }
      this.epoch = (await this.caller.call('PUT', `/devices/${this.device_id}`, device)).epoch
    }
    return this.caller
  }
}
