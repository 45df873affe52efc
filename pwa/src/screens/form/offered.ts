// The kinds that the service offers, in its order; those that this version of the app does not know wait for a newer one.
import type { Kind } from '../../data/phone'
import { kindDescribed } from '../../rules/description'
import { live } from '../../ui/live'

/** How many of them have a tile on the Log screen. */
export const TILES = 4

export function offered(): Kind[] {
  const kinds = live.session.value?.service.settings.kinds ?? []
  return kinds
    .filter(
      (one) => (one as { offered?: boolean }).offered !== false && kindDescribed(one.kind) !== undefined,
    )
    .map((one) => one.kind as Kind)
}
