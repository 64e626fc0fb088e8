import type { Session } from '../database/session.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { catchUp } from './catchUp.ts';
import type { SnapshotCache } from './snapshotCache.ts';

/**
 * The snapshot of a database as it is now: the one in the cache where nothing was committed since, what changed read again where something
 * was, and everything only where nothing is known. As long as the schema says the same, it is the same object.
 * @param session  outside a transaction
 * @throws SqlError
 */
export async function cachedSnapshot(session: Session, cache: SnapshotCache): Promise<SchemaSnapshot> {
  const { identity, probe } = await cache.identify(session);
  const known = await cache.find(identity);
  if (known?.fingerprint.probe === probe) return known.snapshot;
  const reading = await catchUp(session, known);
  cache.keep(identity, reading);
  return reading.snapshot;
}
