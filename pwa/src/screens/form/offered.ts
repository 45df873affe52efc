// The kinds that the service offers, in its order; those without a form here wait for a newer app.
import type { Kind } from '../../data/phone'
import { live } from '../../ui/live'
import { forms } from './forms'

export function offered(): Kind[] {
  const kinds = live.value.session?.service.settings.kinds ?? []
  return kinds
    .filter((one) => (one as { offered?: boolean }).offered !== false && one.kind in forms)
    .map((one) => one.kind as Kind)
}
