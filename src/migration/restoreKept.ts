import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';
import { columnsOf, forget, type Kept, type LiveColumn, tableOf } from './keptTables.ts';

const copyOf = ({ name }: Kept): string => `fastpyd_kept.${quoteIdentifier(name)}`;

/** Puts the rows of a table back as soon as it is there again, before keys point to them; false while it is not. */
export async function restoreTable(session: Session, kept: Kept): Promise<boolean> {
  const target = await columnsOf(session, kept);
  if (target.length === 0) return false;
  const copied = new Set((await columnsOf(session, { schema: 'fastpyd_kept', table: kept.name })).map(({ name }) => name));
  const columns = target.filter(({ name, isGenerated }) => copied.has(name) && !isGenerated);
  if (columns.length < copied.size) return false;
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  await session.query(
    `INSERT INTO ${tableOf(kept)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${columns.map(castBack).join(', ')} FROM ${copyOf(kept)}`,
  );
  return true;
}

const castBack = ({ name, type, isPlain }: LiveColumn): string => `${quoteIdentifier(name)}${isPlain ? '' : '::text'}::${type}`;

/** Lets sequences behind the columns of a table go on above the numbers that came back. */
export async function advanceSequences(session: Session, kept: Kept): Promise<void> {
  const owned = await session.query<{ column: string; sequence: string }>(
    `select a.attname::text as column, pg_get_serial_sequence($1, a.attname) as sequence from pg_catalog.pg_attribute a
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and pg_get_serial_sequence($1, a.attname) is not null`,
    [tableOf(kept)],
  );
  for (const { column, sequence } of owned)
    await session.query(
      `select setval($1::regclass, m.top) from (select max(${quoteIdentifier(column)}) as top from ${tableOf(kept)}) m where m.top > (select last_value from ${sequence})`,
      [sequence],
    );
}

/** Puts the values of a column back into the rows that are there still; false where column or key are not. */
export async function restoreColumn(session: Session, kept: Kept): Promise<boolean> {
  const columns = await columnsOf(session, kept);
  const own = columns.find(({ name }) => name === kept.column);
  if (own === undefined || !kept.key.every((key) => columns.some(({ name }) => name === key))) return false;
  const value = `k.${quoteIdentifier(own.name)}${own.isPlain ? '' : '::text'}::${own.type}`;
  await session.query(
    `UPDATE ${await ownRows(session, kept)} t SET ${quoteIdentifier(own.name)} = ${value} FROM ${copyOf(kept)} k WHERE ${sameRow(kept, columns)}`,
  );
  return true;
}

/** The rows that were copied from: child tables have copies of their own, and may have the same keys. */
async function ownRows(session: Session, kept: Kept): Promise<string> {
  const [whole] = await session.query(`select from pg_catalog.pg_class where oid = to_regclass($1) and relkind = 'p'`, [tableOf(kept)]);
  return `${whole === undefined ? 'ONLY ' : ''}${tableOf(kept)}`;
}

const sameRow = ({ key }: Kept, columns: readonly LiveColumn[]): string =>
  key
    .map((name) => {
      const [quoted, isPlain] = [quoteIdentifier(name), columns.find((column) => column.name === name)?.isPlain];
      return isPlain ? `k.${quoted} = t.${quoted}` : `k.${quoted}::text = t.${quoted}::text`;
    })
    .join(' AND ');

/** Of values that were cast, those that read the same afterwards are not lost, and need no copy. */
export async function forgetUnchanged(session: Session, kept: Kept): Promise<void> {
  const columns = await columnsOf(session, kept);
  const isThere = [...kept.key, kept.column].every((wanted) => columns.some(({ name }) => name === wanted));
  if (!kept.isRetyped || kept.column === null || !isThere) return;
  const own = quoteIdentifier(kept.column);
  await session.query(
    `DELETE FROM ${copyOf(kept)} k USING ${await ownRows(session, kept)} t WHERE ${sameRow(kept, columns)} AND k.${own}::text IS NOT DISTINCT FROM t.${own}::text`,
  );
  const [left] = await session.query<{ rows: number }>(`select count(*)::float8 as rows from ${copyOf(kept)}`);
  if (left?.rows === 0) await forget(session, kept.name);
  else await session.query('update fastpyd_kept.kept set rows = $2 where name = $1', [kept.name, left?.rows]);
}
