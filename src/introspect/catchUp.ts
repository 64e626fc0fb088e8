import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../database/session.ts';
import { patchedIds } from '../kinds/patch.ts';
import { membersOf, type Root, rootKey } from '../kinds/root.ts';
import { rootsShowing } from '../kinds/shownChanges.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { changedRoots, type Fingerprint, readFingerprint, readProbe } from './fingerprint.ts';
import { introspect, introspectRoots } from './introspect.ts';

/** A snapshot with the fingerprint of the moment that it is of. */
export interface Reading {
  readonly snapshot: SchemaSnapshot;
  readonly fingerprint: Fingerprint;
}

/** So often what is read is read again when somebody changed the schema meanwhile; then it is taken as it is, for this once. */
const ATTEMPTS = 3;

/** One part in so many may have changed; beyond that reading everything is no dearer. */
const LARGEST_PART = 4;
const SMALL = 8;

/**
 * Reads the schema of a database, or of an earlier reading only what changed since. Where nothing did, the snapshot is the same object.
 * @param earlier  of this database, or of one that it was copied from on the same server
 * @throws SqlError
 */
export async function catchUp(session: Session, earlier?: Reading): Promise<Reading> {
  let reading = earlier;
  for (let attempt = 1; ; attempt++) {
    const fingerprint = await readFingerprint(session);
    const snapshot = await readChanges(session, reading, fingerprint);
    const isSettled = snapshot === reading?.snapshot || attempt === ATTEMPTS;
    reading = { snapshot, fingerprint };
    // Catalogs are not read in one moment: whatever the isolation level, PostgreSQL prints with the newest names.
    if (isSettled || (await readProbe(session)) === fingerprint.probe) return reading;
  }
}

async function readChanges(session: Session, earlier: Reading | undefined, fingerprint: Fingerprint): Promise<SchemaSnapshot> {
  const changed = earlier && changedRoots(earlier.fingerprint, fingerprint);
  if (earlier === undefined || changed === undefined || isTooMuch(changed, fingerprint)) return introspect(session);
  const { snapshot } = earlier;
  if (changed.length === 0) return snapshot;
  // What an extension brought stands in no snapshot, and so neither what depends on it.
  const isUnknown = (root: Root): boolean => earlier.fingerprint.roots.has(rootKey(root)) && membersOf(snapshot, [root]).size === 0;
  if (changed.some(isUnknown)) return introspect(session);
  const after = await introspectRoots(session, snapshot, changed);
  if (isSame(snapshot, after)) return snapshot;
  const showing = rootsShowing(snapshot, after, changed);
  if (showing === undefined || isTooMuch([...showing], fingerprint)) return introspect(session);
  const all = new Map([...changed.map((root) => [rootKey(root), root] as const), ...showing]);
  return all.size === changed.length ? after : introspectRoots(session, after, all.values());
}

const isTooMuch = ({ length }: readonly unknown[], { roots }: Fingerprint): boolean => length > Math.max(SMALL, roots.size / LARGEST_PART);

/** TRUNCATE, REFRESH and the like renew catalog rows, and change nothing that a snapshot says. */
function isSame(before: SchemaSnapshot, after: SchemaSnapshot): boolean {
  const parts = ['objects', 'needs', 'notes'] as const;
  const ids = [...patchedIds(before, after)];
  return (
    parts.every((part) => ids.every((id) => isDeepStrictEqual(before[part].get(id), after[part].get(id)))) &&
    [...(after.patch?.added.addresses ?? [])].every(([address, id]) => before.addresses.get(address) === id)
  );
}
