import { quoteIdentifier } from '../../database/quote.ts';
import { announce, type RunStatement, StatementError } from '../../migration/parentLink.ts';
import type { CopyRows } from '../../model/runtime.ts';
import { topologicalOrder } from '../../plan/order.ts';
import { type CatalogReference, type CatalogTable, readSeedCatalog } from './catalog.ts';
import { waysOf } from './conditions.ts';
import { missingKey } from './demands.ts';
import { type Filled, fillTable } from './fillTable.ts';
import type { AutoContext, AutoOptions } from './options.ts';

/** Which tables get rows. */
export interface AutoRequest extends AutoOptions {
  /** Null for all that are not PostgreSQL's own. */
  readonly schemas: readonly string[] | null;
  /** Tables, `public.posts`, that are left alone, since they have seeders. */
  readonly except: readonly string[];
  /** Only this one, and what its rows must refer to where that is empty. */
  readonly only: string | undefined;
}

/** What became of one table. */
export interface AutoResult extends Filled {
  readonly table: string;
  readonly durationMs: number;
}

interface Connection {
  readonly query: RunStatement;
  readonly copy: CopyRows;
}

/** Fills tables with rows made from what the catalog says of them, those that are referred to first. What could not be filled says why. */
export async function autoSeed(request: AutoRequest, connection: Connection): Promise<readonly AutoResult[]> {
  const catalog = await readSeedCatalog(connection.query, request.schemas);
  const ways = new Map<string, Awaited<ReturnType<typeof waysOf>>>();
  for (const table of catalog.tables) ways.set(table.oid, await waysOf(table, catalog, connection.query));
  const context: AutoContext = { ...request, ...connection, catalog, ways };
  const tables = inOrder(await chosen(request, context));
  await connection.query('SET CONSTRAINTS ALL DEFERRED');
  const results = new Map<CatalogTable, AutoResult>();
  const waiting = new Set(tables.map(({ oid }) => oid));
  const late: Late[] = [];
  const fillAll = async (some: readonly CatalogTable[]): Promise<void> => {
    for (const table of some) {
      announce(table.name);
      results.set(table, await fillOne(table, context, { waiting, late }));
      waiting.delete(table.oid);
      await fillIn(
        late.filter(({ reference }) => !waiting.has(reference.target)),
        context,
      );
      late.splice(0, late.length, ...late.filter(({ reference }) => waiting.has(reference.target)));
    }
  };
  await fillAll(tables);
  // A trigger may want rows of tables that came later.
  for (const table of tables.filter((candidate) => results.get(candidate)?.rows === 0)) {
    await fillAll([table]);
    for (let tries = 0; tries < MOST_MISSING && (await meet(results.get(table)?.reason ?? '', context)); tries++) await fillAll([table]);
  }
  return [...results.values()];
}

const MOST_MISSING = 10;

/** Makes the row whose absence was the reason; false where it was something else. */
async function meet(reason: string, context: AutoContext): Promise<boolean> {
  const missing = missingKey(reason, context.catalog);
  if (missing === undefined) return false;
  const { rows } = await fillTable(missing.table, { ...context, count: 1, demanded: missing.demands }, () => false);
  return rows > 0;
}

/** A reference that is filled in when there are rows to refer to. */
interface Late {
  readonly table: CatalogTable;
  readonly reference: CatalogReference;
}

interface Progress {
  readonly waiting: ReadonlySet<string>;
  readonly late: Late[];
}

async function fillOne(table: CatalogTable, context: AutoContext, { waiting, late }: Progress): Promise<AutoResult> {
  const started = performance.now();
  const isLate = (reference: CatalogReference): boolean =>
    waiting.has(reference.target) && (reference.target !== table.oid || isOpen(reference, table));
  const ending = (filled: Filled): AutoResult => ({ table: table.name, ...filled, durationMs: Math.round(performance.now() - started) });
  const later = table.references.filter(isLate);
  await context.query('SAVEPOINT fastpyd_table');
  try {
    const filled = await fillTable(table, context, isLate);
    if ([...later, ...late.map(({ reference }) => reference)].every(({ isDeferrable }) => !isDeferrable))
      await context.query('SET CONSTRAINTS ALL IMMEDIATE');
    await context.query('SET CONSTRAINTS ALL DEFERRED');
    late.push(...later.map((reference) => ({ table, reference })));
    return ending(filled);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    await context.query('ROLLBACK TO SAVEPOINT fastpyd_table');
    return ending({ rows: 0, reason: [error.message, error.detail].filter(Boolean).join('; ') });
  }
}

/** Can its columns wait: being NULL, or with a constraint that is checked later? */
const isOpen = ({ columns, isDeferrable }: CatalogReference, table: CatalogTable): boolean =>
  isDeferrable || columns.some((name) => table.columns.some((column) => column.name === name && !column.isRequired));

/** Refers rows to others once these are there: a table to itself as a tree, each row to one before it. */
async function fillIn(references: readonly Late[], { query }: AutoContext, step = 7919): Promise<void> {
  for (const { table, reference } of references) {
    const target = `${reference.target}::oid`;
    const isSelf = reference.target === table.oid;
    const own = reference.columns.map(quoteIdentifier);
    const other = reference.targetColumns.map(quoteIdentifier);
    const [named] = await query<{ name: string }>(`SELECT (${target})::regclass::text AS name`);
    const isPointless = reference.columns.every((name) => reference.targetColumns.includes(name)) && isSelf;
    if (named === undefined || isPointless) continue;
    const isRequired = reference.columns.every((name) => table.columns.some((column) => column.name === name && column.isRequired));
    // A root refers to nothing, or to itself where it has to refer to something.
    const tree = isRequired ? 'p.n = greatest(c.n - 1, 0) / 3' : 'p.n = (c.n - 1) / 3 AND c.n > 0';
    const place = isSelf ? tree : `p.n = (c.n * ${step}) % p.total`;
    const waits = reference.isDeferrable ? 'true' : own.map((name) => `${name} IS NULL`).join(' OR ');
    const statement = `UPDATE ${table.sql} t SET (${own.join(', ')}) = ROW(${other.map((_, index) => `p.k${index}`).join(', ')})
      FROM (SELECT tableoid AS part, ctid AS place, row_number() OVER (ORDER BY tableoid, ctid) - 1 AS n FROM ${table.sql} WHERE ${waits}) c,
        (SELECT ${other.map((name, index) => `${name} AS k${index}`).join(', ')}, row_number() OVER (ORDER BY ${other.join(', ')}) - 1 AS n, count(*) OVER () AS total FROM ${named.name}) p
      WHERE t.tableoid = c.part AND t.ctid = c.place AND ${place}`;
    await query('SAVEPOINT fastpyd_late');
    await query(statement).catch(async (error: unknown) => {
      if (!(error instanceof StatementError)) throw error;
      await query('ROLLBACK TO SAVEPOINT fastpyd_late');
    });
  }
}

/** The tables that are asked for. */
async function chosen({ only, except }: AutoRequest, { query, catalog }: AutoContext): Promise<readonly CatalogTable[]> {
  if (only === undefined) return catalog.tables.filter(({ name }) => !except.includes(name));
  const wanted = new Set<CatalogTable>();
  const want = async (table: CatalogTable): Promise<void> => {
    if (wanted.has(table)) return;
    wanted.add(table);
    for (const reference of table.references) {
      const parent = catalog.tables.find(({ oid }) => oid === reference.target);
      if (parent === undefined || wanted.has(parent) || isOpen({ ...reference, isDeferrable: false }, table)) continue;
      if ((await query(`SELECT FROM ${parent.sql} LIMIT 1`)).length === 0) await want(parent);
    }
  };
  const first = catalog.tables.find(({ name }) => name === only);
  if (first !== undefined) await want(first);
  return [...wanted];
}

/** Tables behind those that they refer to, as far as circles allow; references that can wait are the first to be let go. */
function inOrder(tables: readonly CatalogTable[]): readonly CatalogTable[] {
  const byOid = new Map(tables.map((table) => [table.oid, table]));
  const order = (
    isFirm: (reference: CatalogReference, table: CatalogTable) => boolean,
    rank: (oid: string) => string,
  ): readonly string[] => {
    const followers = new Map<string, Set<string>>();
    for (const table of tables) {
      for (const reference of table.references.filter(
        (candidate) => candidate.target !== table.oid && byOid.has(candidate.target) && isFirm(candidate, table),
      ))
        followers.set(reference.target, (followers.get(reference.target) ?? new Set()).add(table.oid));
    }
    return topologicalOrder([...byOid.keys()], followers, rank);
  };
  const nameOf = (oid: string): string => byOid.get(oid)?.name ?? '';
  const all = new Map(order(() => true, nameOf).map((oid, index) => [oid, String(index).padStart(6, '0')]));
  return order(
    (reference, table) => !isOpen(reference, table),
    (oid) => all.get(oid) ?? '',
  ).flatMap((oid) => byOid.get(oid) ?? []);
}
