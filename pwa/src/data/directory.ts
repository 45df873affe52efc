// The directory as this phone keeps it, sealed: who works in the user's teams, and which months are closed.
import type { DirectoryRecord } from './db'
import type { Directory } from './schema.gen'
import type { Vault } from './vault'
import type { Wire } from './wire'

const WHERE = 'directory'

/** What the last visit left; null where there is nothing, or nothing that can be opened. */
export async function openDirectory(
  record: DirectoryRecord | undefined,
  user_id: string,
  vault: Vault,
): Promise<Directory | null> {
  if (record === undefined) return null
  return vault.open<Directory>(WHERE, user_id, record.sealed).catch(() => null)
}

/** What is new; null while nothing has changed, and without signal. */
export async function newDirectory(
  wire: Wire,
  known: DirectoryRecord | undefined,
  user_id: string,
  vault: Vault,
): Promise<{ readonly directory: Directory; readonly record: DirectoryRecord } | null> {
  const reply = await wire.readSince<Directory>('/directory', known?.tag ?? null)
  if (!reply.ok || reply.value === null) return null
  const { value: directory, tag } = reply.value
  // Another tab may have signed somebody else in, and then this is theirs.
  if (!directory.users.some(({ id }) => id === user_id)) return null
  return { directory, record: { tag, sealed: await vault.seal(WHERE, user_id, directory) } }
}
