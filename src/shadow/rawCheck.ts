import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { type RawCatalog, readRawCatalog } from '../introspect/rawCatalog.ts';
import { type RawDifference, rawDifferences } from '../introspect/rawDifferences.ts';
import { inDiscardedTransaction } from './rehearse.ts';

/** Both ways of a proven plan, renames included, and where the way up should lead. */
export interface RawPerformance {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** The catalog of a database in which the models are real; it may still be being read. */
  readonly desired: RawCatalog | Promise<RawCatalog>;
}

/** What our own reading of the catalog overlooked. */
export interface Unexplained extends RawDifference {
  readonly direction: 'up' | 'down';
}

/**
 * Performs a proven plan once more and compares the very rows of the catalogs, of which no kind decides what counts: after the way up with those
 * of the models, after the way down with those before. Takes as long as the whole schema, so it is not for saves.
 * @throws SqlError
 */
export function findUnexplained(database: ScratchDatabase, { up, down, desired }: RawPerformance): Promise<readonly Unexplained[]> {
  return inDiscardedTransaction(database, async (session) => {
    const before = await readRawCatalog(session);
    const afterUp = await readAfter(session, up);
    const afterDown = await readAfter(session, down);
    return [...told('up', await desired, afterUp), ...told('down', before, afterDown)];
  });
}

async function readAfter(session: ScratchSession, statements: readonly string[]): Promise<RawCatalog> {
  await session.script(statements.join(';\n'));
  return readRawCatalog(session);
}

const told = (direction: 'up' | 'down', wanted: RawCatalog, found: RawCatalog): readonly Unexplained[] =>
  rawDifferences(wanted, found).map((difference) => ({ ...difference, direction }));

/** Of the differences, those in what a project manages: `*` is every schema, and otherwise `public` itself is not managed. */
export function managedDifferences(differences: readonly Unexplained[], schemas: readonly string[]): readonly Unexplained[] {
  if (schemas.includes('*')) return differences;
  return differences.filter(({ catalog, schema, object }) => {
    if (catalog === 'pg_namespace' && object === 'public') return false;
    return schema === null || schemas.includes(schema);
  });
}

const MOST = 5;

/** One sentence each, for the first few. */
export function unexplainedWarnings(differences: readonly Unexplained[]): readonly string[] {
  const sentences = differences.slice(0, MOST).map(describe);
  const left = differences.length - sentences.length;
  return left > 0 ? [...sentences, `${left} more differences in catalogs that no kind explains`] : sentences;
}

function describe({ direction, catalog, object, columns, before }: Unexplained): string {
  const where = `after ${direction}: catalog ${catalog}`;
  if (columns.length > 0) return `${where}, column ${columns.join(', ')} of ${object} differs, which no kind explains`;
  return `${where}: ${object} is ${before === undefined ? 'there and should not be' : 'missing'}, which no kind explains`;
}
