import type { Session } from '../database/session.ts';
import type { ObjectId } from '../kinds/kind.ts';
import { patchSnapshot } from '../kinds/patch.ts';
import { registry } from '../kinds/registry.ts';
import { membersOf, type Root } from '../kinds/root.ts';
import type { SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';
import { buildObjects, type Extras, extensionMembers } from './buildSnapshot.ts';
import { Catalog, type CatalogRows } from './catalog.ts';
import { EXTRAS_QUERY, INTROSPECTION_QUERY, type Part, partQuery } from './queries.ts';
import { type Settings, withSettings } from './withSettings.ts';

interface WholeExtras extends Extras {
  readonly unmodelled: readonly Unmodelled[];
  readonly server_version: string;
  readonly server_version_num: number;
}

interface PartExtras extends Extras {
  /** Kinds that were not asked for and that the roots have something of. */
  readonly rare: readonly string[];
}

/**
 * Reads the schema of a database: pg-introspection's rows, completed by each kind's own query, in canonical form.
 * @throws SqlError
 */
export function introspect(session: Session): Promise<SchemaSnapshot> {
  return withSettings(session, WHOLE, async () => {
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
  return withSettings(session, PART, () => readRoots(session, known, roots));
}

/**
 * The same in a transaction that `BEGIN_READING` went before: where a part is read often, its settings travel with other statements.
 * @throws SqlError
 */
export async function readRoots(session: Session, known: SchemaSnapshot, roots: Iterable<Root>): Promise<SchemaSnapshot> {
  const wanted = [...roots];
  if (wanted.length === 0) return known;
  const sorts = [...new Set(wanted.map(({ sort }) => sort))].sort();
  const columns = [wanted.map(({ sort }) => sort), wanted.map(({ schema }) => schema), wanted.map(({ name }) => name)];
  const ask = async (part: Omit<Part, 'sorts'>): Promise<PartExtras> => {
    const [row] = await (session.prepared ?? session.query)<{ extras: string }>(partQuery({ sorts, ...part }), columns);
    return JSON.parse(row?.extras ?? '{}');
  };
  const members = membersOf(known, wanted);
  const first = await ask({ isFirst: true, rare: rareKindsOf(known, members) });
  const second = first.rare.length === 0 ? undefined : await ask({ isFirst: false, rare: first.rare });
  const extras = { ...first, kinds: { ...first.kinds, ...second?.kinds } };
  const catalog = new Catalog({ namespaces: [] }, known.majorVersion, extensionMembers(extras));
  return patchSnapshot(known, members, buildObjects(catalog, extras, known));
}

/** The rare kinds that roots had something of, which they most likely still have: asked for at once, they save a second question. */
function rareKindsOf({ objects }: SchemaSnapshot, members: ReadonlySet<ObjectId>): readonly string[] {
  const kinds = new Set([...members].map((id) => objects.get(id)?.kind ?? ''));
  return [...kinds].filter((kind) => registry.get(kind)?.rarely !== undefined).sort();
}

/** With an empty search_path every deparsed text is qualified. Compiling queries takes longer than they do. */
const WHOLE: Settings = { search_path: '', jit: 'off' };

/** The planner cannot know how few the roots are: left alone it would read catalogs from end to end. */
const PART: Settings = { ...WHOLE, enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' };

/** SQL for the rest of a transaction, in which `readRoots` is to follow. */
export const BEGIN_READING = Object.entries(PART)
  .map(([name, value]) => `SET LOCAL ${name} = '${value}'`)
  .join('; ');

/** SQL that takes `BEGIN_READING` back. */
export const END_READING = Object.keys(PART)
  .map((name) => `SET LOCAL ${name} TO DEFAULT`)
  .join('; ');

function buildSnapshot(rows: CatalogRows, extras: WholeExtras): SchemaSnapshot {
  const catalog = new Catalog(rows, Math.floor(extras.server_version_num / 10000), extensionMembers(extras));
  return {
    serverVersion: extras.server_version,
    majorVersion: catalog.majorVersion,
    ...buildObjects(catalog, extras),
    unmodelled: extras.unmodelled,
  };
}
