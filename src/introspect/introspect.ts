import type { Session } from '../database/session.ts';
import { patchSnapshot } from '../kinds/patch.ts';
import { membersOf, type Root } from '../kinds/root.ts';
import type { SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';
import { buildObjects, type Extras, extensionMembers } from './buildSnapshot.ts';
import { Catalog, type CatalogRows } from './catalog.ts';
import { EXTRAS_QUERY, INTROSPECTION_QUERY, PART_QUERY } from './queries.ts';

interface WholeExtras extends Extras {
  readonly unmodelled: readonly Unmodelled[];
  readonly server_version: string;
  readonly server_version_num: number;
}

/**
 * Reads the schema of a database: pg-introspection's rows, completed by each kind's own query, in canonical form.
 * @throws SqlError
 */
export function introspect(session: Session): Promise<SchemaSnapshot> {
  return withoutSearchPath(session, async () => {
    const [rows] = await session.query<{ introspection: string }>(INTROSPECTION_QUERY);
    const [extras] = await session.query<{ extras: string }>(EXTRAS_QUERY);
    return buildSnapshot(JSON.parse(rows?.introspection ?? '{}'), JSON.parse(extras?.extras ?? '{}'));
  });
}

/**
 * Reads some roots of a database again, and puts what is there now in the place of what `known` has of them. Costs as much as the roots,
 * whatever the size of the schema.
 * @param known  a snapshot of this very database, true of everything but these roots
 * @throws SqlError
 */
export function introspectRoots(session: Session, known: SchemaSnapshot, roots: Iterable<Root>): Promise<SchemaSnapshot> {
  const wanted = [...roots];
  if (wanted.length === 0) return Promise.resolve(known);
  return withoutSearchPath(session, async () => {
    const columns = [wanted.map(({ sort }) => sort), wanted.map(({ schema }) => schema), wanted.map(({ name }) => name)];
    const ask = session.prepared ?? session.query;
    const [row] = await ask<{ extras: string }>(PART_QUERY, columns);
    const extras = JSON.parse(row?.extras ?? '{}') as Extras;
    const catalog = new Catalog({ namespaces: [] }, known.majorVersion, extensionMembers(extras));
    return patchSnapshot(known, membersOf(known, wanted), buildObjects(catalog, extras, known));
  });
}

/** Empties the search_path while the work reads, so that every deparsed text is qualified. */
async function withoutSearchPath<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const [path] = await session.query<{ path: string }>(
    `select current_setting('search_path') as path, set_config('search_path', '', false)`,
  );
  try {
    return await work();
  } finally {
    await session.query(`select set_config('search_path', $1, false)`, [path?.path ?? '']).catch(() => []);
  }
}

function buildSnapshot(rows: CatalogRows, extras: WholeExtras): SchemaSnapshot {
  const catalog = new Catalog(rows, Math.floor(extras.server_version_num / 10000), extensionMembers(extras));
  return {
    serverVersion: extras.server_version,
    majorVersion: catalog.majorVersion,
    ...buildObjects(catalog, extras),
    unmodelled: extras.unmodelled,
  };
}
