// What an admin may ask of the server about the service, and change there. All of it needs signal.
import type { Read, ServiceView, Settings, Trouble } from './phone'
import type { SettingsHistory, SettingsSaved } from './schema.gen'

/** How saving went. With `newer`, somebody else has changed the settings meanwhile, and nothing was saved. */
export type Saved =
  | { readonly ok: true; readonly service: ServiceView }
  | { readonly ok: false; readonly problem: Trouble; readonly newer: ServiceView | null }

export interface Admin {
  /** Saves the whole settings, made from those of `base`. This phone takes them over at once. */
  saveSettings(base: number, settings: Settings): Promise<Saved>
  /** Who changed the settings, when and what, newest first. */
  settingsHistory(after?: string): Promise<Read<SettingsHistory>>
}

interface Ways {
  read<T>(path: string): Promise<Read<T>>
  put<T>(path: string, body: unknown): Promise<Read<T>>
  /** The service as it is now, which this phone keeps. */
  service(): Promise<Read<ServiceView>>
}

export function admin({ read, put, service }: Ways): Admin {
  return {
    async saveSettings(base, settings) {
      const reply = await put<SettingsSaved>('/service/settings', { base, settings })
      if (reply.ok) {
        const saved = reply.value.service as ServiceView
        // What was saved holds, even where this phone cannot hear of it just now.
        const heard = await service()
        return { ok: true, service: heard.ok ? heard.value : saved }
      }
      const { problem } = reply
      if (typeof problem === 'string' || problem.code !== 'settings_changed') {
        return { ok: false, problem, newer: null }
      }
      const newer = await service()
      return newer.ok
        ? { ok: false, problem, newer: newer.value }
        : { ok: false, problem: newer.problem, newer: null }
    },
    settingsHistory: (after) =>
      read(`/service/history?limit=20${after === undefined ? '' : `&after=${after}`}`),
  }
}
