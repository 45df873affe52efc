// Small notes outside the sealed database: never what was logged. A browser that keeps none is no reason to fail.

export function note(key: string, where: 'local' | 'session' = 'local'): string | null {
  try {
    return place(where).getItem(key)
  } catch {
    return null
  }
}

export function keepNote(key: string, text: string | null, where: 'local' | 'session' = 'local'): void {
  try {
    if (text === null) place(where).removeItem(key)
    else place(where).setItem(key, text)
  } catch {
    // It holds until the app is closed.
  }
}

const place = (where: 'local' | 'session') => (where === 'local' ? localStorage : sessionStorage)
