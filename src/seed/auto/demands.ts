import { quoteIdentifier, quoteLiteral } from '../../database/quote.ts';
import type { RunStatement } from '../../migration/parentLink.ts';
import type { CatalogTable, SeedCatalog } from './catalog.ts';
import type { Wishes } from './wishes.ts';

/** The ways that rows of each table may be, by oid. */
export type Ways = ReadonlyMap<string, readonly ReadonlyMap<string, Wishes>[]>;

/** Values by column that a table should have, since other tables may refer to nothing else. */
export type Demands = ReadonlyMap<string, readonly string[]>;

const MOST = 1_000;

/** What the conditions of other tables ask of the keys that they refer to: `kind IN ('a', 'b')` there needs these two here. */
export function demandsOn(table: CatalogTable, { tables }: SeedCatalog, ways: Ways): Demands {
  const demands = new Map<string, Set<string>>();
  for (const other of tables) {
    for (const reference of other.references.filter(({ target }) => target === table.oid)) {
      for (const [place, column] of reference.targetColumns.entries()) {
        const own = reference.columns[place] ?? '';
        const values = (ways.get(other.oid) ?? []).flatMap((way) => way.get(own)?.in ?? []);
        if (values.length > 0 && other !== table) demands.set(column, new Set([...(demands.get(column) ?? []), ...values]));
      }
    }
  }
  return new Map([...demands].map(([column, values]) => [column, [...values].slice(0, MOST)]));
}

/** A key that a trigger's own rows refer to and that is not there, as the refusal tells it. */
export function missingKey(
  reason: string,
  { tables }: SeedCatalog,
): { readonly table: CatalogTable; readonly demands: Demands } | undefined {
  const [, constraint, value] =
    /violates foreign key constraint "([^"]+)"; Key \([^(),]+\)=\((.*)\) is not present in table/s.exec(reason) ?? [];
  const reference = tables.flatMap(({ references }) => references).find(({ name }) => name === constraint);
  const table = tables.find(({ oid }) => oid === reference?.target);
  const [column] = reference?.targetColumns ?? [];
  return table === undefined || column === undefined || value === undefined ? undefined : { table, demands: new Map([[column, [value]]]) };
}

/** The demands that no row meets yet. */
export async function unmet(table: CatalogTable, demands: Demands, query: RunStatement): Promise<Demands> {
  const left = new Map<string, readonly string[]>();
  for (const [column, values] of demands) {
    const rows = await query<{ value: string }>(
      `SELECT DISTINCT ${quoteIdentifier(column)}::text AS value FROM ${table.sql} WHERE ${quoteIdentifier(column)}::text IN (${values.map(quoteLiteral).join(', ')})`,
    );
    const present = new Set(rows.map(({ value }) => value));
    const missing = values.filter((value) => !present.has(value));
    if (missing.length > 0) left.set(column, missing);
  }
  return left;
}

/** Lets sequences go on behind the largest number that is there, whatever was given or drawn for rows that were refused. */
export async function advanceSequences(table: CatalogTable, columns: readonly string[], query: RunStatement): Promise<void> {
  for (const column of columns) {
    const name = `pg_get_serial_sequence(${quoteLiteral(table.sql)}, ${quoteLiteral(column)})`;
    await query('SAVEPOINT fastpyd_sequence');
    const advance = `SELECT setval(${name}, m.next, false) FROM (SELECT greatest(coalesce(max(${quoteIdentifier(column)}), 0) + 1, (SELECT seqstart FROM pg_sequence WHERE seqrelid = ${name}::regclass)) AS next FROM ${table.sql}) m WHERE ${name} IS NOT NULL`;
    await query(advance).catch(() => query('ROLLBACK TO SAVEPOINT fastpyd_sequence'));
  }
}
