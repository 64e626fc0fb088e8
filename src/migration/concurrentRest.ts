/** What statements that refuse a transaction leave behind when they are broken off, beside the index of CREATE INDEX CONCURRENTLY. */
import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const PATH = String.raw`(${NAME}(?:\s*\.\s*${NAME})?)`;
const DETACH = new RegExp(
  String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${PATH}\s+detach\s+partition\s+${PATH}\s+concurrently\s*;?\s*$`,
  'i',
);
const REINDEX = new RegExp(
  String.raw`^reindex\s*(?:\([^)]*\)\s*)?(index|table)\s+concurrently\s+${PATH}|^reindex\s*\([^)]*\bconcurrently\b[^)]*\)\s*(index|table)\s+${PATH}`,
  'i',
);

/**
 * The statement that brings a partition on its way out to its end: detached concurrently it goes in two steps, and asked for the first one
 * again PostgreSQL refuses. Undefined where nothing is left to do.
 * @see https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION
 */
export async function detachmentLeft(session: Session, sql: string): Promise<string | undefined> {
  const [, parent, partition] = DETACH.exec(sql) ?? [];
  if (parent === undefined || partition === undefined) return sql;
  const [link] = await session.query<{ isPending: boolean }>(
    `select inhdetachpending as "isPending" from pg_catalog.pg_inherits where inhparent = to_regclass($1) and inhrelid = to_regclass($2)`,
    [parent, partition],
  );
  if (link === undefined) return undefined;
  return link.isPending ? `ALTER TABLE ${parent} DETACH PARTITION ${partition} FINALIZE` : sql;
}

/** Removes the invalid copies of indexes that a broken REINDEX CONCURRENTLY left, named `…_ccnew` or `…_ccold`. */
export async function dropInvalidCopies(session: Session, sql: string): Promise<void> {
  const [, sort = '', path = '', otherSort = '', otherPath = ''] = REINDEX.exec(sql) ?? [];
  if (sort === '' && otherSort === '') return;
  const copies = await session.query<{ schema: string; name: string }>(
    `select n.nspname::text as schema, c.relname::text as name from pg_catalog.pg_index i
     join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'
       and i.indrelid = (select coalesce(x.indrelid, to_regclass($1)) from (values (1)) v left join pg_catalog.pg_index x on x.indexrelid = to_regclass($1))`,
    [path || otherPath],
  );
  for (const { schema, name } of copies)
    await session.query(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
}
