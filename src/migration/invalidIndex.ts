import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';

const CONCURRENT = /^\s*create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?("(?:[^"]|"")+"|[\w$]+)\s+on\s/i;

/**
 * Removes what a broken CREATE INDEX CONCURRENTLY left: an index that is there, is never used, and that IF NOT EXISTS would take for done.
 * @see https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function dropInvalidIndex(session: Session, sql: string): Promise<void> {
  const written = CONCURRENT.exec(sql)?.[1];
  if (written === undefined) return;
  const name = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
  const left = await session.query<{ schema: string }>(
    `select n.nspname::text as schema from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relname = $1 and not i.indisvalid`,
    [name],
  );
  for (const { schema } of left) await session.query(`DROP INDEX CONCURRENTLY ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`);
}
