import type { Session } from '../database/session.ts';
import { type Root, rootAt, rootKey } from '../kinds/root.ts';
import { FINGERPRINT_QUERY, PROBE } from './fingerprintQuery.ts';
import { withSettings } from './withSettings.ts';

/** What the schema of a database was at one moment, as hashes: two that are equal were read of the same schema. */
export interface Fingerprint {
  /** See `readProbe`. */
  readonly probe: string;
  /** The hash of each root, by its `rootKey`. */
  readonly roots: ReadonlyMap<string, string>;
  /** The hash of everything that belongs to no root. */
  readonly rest: string;
}

/** A text that stays the same as long as nobody commits anything; the first thing to ask, since it costs next to nothing. */
export async function readProbe(session: Session): Promise<string> {
  const [row] = await session.query<{ probe: string }>(`select ${PROBE} as probe`);
  return row?.probe ?? '';
}

type Mark = readonly [sort: Root['sort'] | 'rest', schema: string, name: string, hash: string];

/**
 * Reads the fingerprint of a database, in one statement and so of one moment. Needs no rights beyond those to connect, and locks nothing.
 * @throws SqlError
 */
export function readFingerprint(session: Session): Promise<Fingerprint> {
  return withSettings(session, { search_path: '', jit: 'off' }, async () => {
    const [row] = await session.query<{ probe: string; marks: string }>(FINGERPRINT_QUERY);
    const marks = JSON.parse(row?.marks ?? '[]') as readonly Mark[];
    const roots = marks.flatMap(([sort, schema, name, hash]) =>
      sort === 'rest' ? [] : [[rootKey({ sort, schema, name }), hash] as const],
    );
    return { probe: row?.probe ?? '', roots: new Map(roots), rest: marks.find(([sort]) => sort === 'rest')?.[3] ?? '' };
  });
}

/** The roots that came, went or changed between two fingerprints; undefined when something changed that belongs to none. */
export function changedRoots(before: Fingerprint, after: Fingerprint): readonly Root[] | undefined {
  if (before.rest !== after.rest) return undefined;
  const keys = new Set([...before.roots.keys(), ...after.roots.keys()]);
  return [...keys].filter((key) => before.roots.get(key) !== after.roots.get(key)).map(rootAt);
}
