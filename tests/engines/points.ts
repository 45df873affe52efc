// The points of save and send at which the battery is pulled, and how the app is brought to each.
import type { Victim } from './victim'

/** Brings the app to the point. A wild round leaves the last step to chance. What it answers is done after the kill. */
type Arrive = (victim: Victim, wild: boolean) => Promise<(() => void) | undefined>

export const POINTS: Readonly<Record<string, Arrive>> = {
  async 'before save'(victim) {
    await victim.fill()
    await victim.sometime(500)
  },

  async 'between request and complete'(victim, wild) {
    if (!wild) await victim.stopAt('adding')
    await victim.signal.off()
    await victim.tapSave()
    await victim.at('adding')
    await (wild ? victim.sometime(8) : victim.isNotSaidToBeSaved())
  },

  async 'after complete, before the screen says Saved'(victim) {
    await victim.stopAt('complete')
    await victim.signal.off()
    await victim.tapSave()
    await victim.at('complete')
    await victim.isNotSaidToBeSaved()
  },

  async 'saved, not yet sent'(victim) {
    await victim.saveWithoutSignal()
  },

  async 'sent, not yet committed'(victim, wild) {
    const { reached, goOn } = victim.signal.stop('/api/sync/push', 'request')
    await victim.tapSave()
    await reached
    // In a wild round the server gets it all the same, from a phone that is off.
    return wild ? goOn : undefined
  },

  async 'committed, not yet answered'(victim) {
    const { reached } = victim.signal.stop('/api/sync/push', 'answer')
    await victim.tapSave()
    await reached
  },

  async 'answered, not yet settled'(victim) {
    await victim.stopAt('heard')
    await victim.tapSave()
    await victim.at('heard')
  },

  async 'during settle'(victim, wild) {
    if (!wild) await victim.stopAt('settling')
    await victim.tapSave()
    await victim.at('settling')
    if (wild) await victim.sometime(8)
  },

  async 'between pages of a pull'(victim) {
    await victim.saveWithoutSignal()
    await victim.logElsewhere()
    const { reached } = victim.signal.stopAtSecondPage()
    await victim.signal.on()
    await victim.open()
    await reached
  },

  async 'during opening'(victim) {
    await victim.saveWithoutSignal()
    await victim.kill()
    await victim.start()
    void victim.open().catch(() => undefined)
    await victim.at('opening')
    await victim.sometime(150)
  },
}
