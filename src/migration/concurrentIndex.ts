import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const BUILD = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(${NAME})\s+on\s+(?:only\s+)?(${NAME}(?:\s*\.\s*${NAME})?)`,
  'i',
);

interface Build {
  readonly name: string;
  /** As SQL writes it. */
  readonly table: string;
}

function buildOf(sql: string): Build | undefined {
  const [, name, table] = BUILD.exec(sql) ?? [];
  if (name === undefined || table === undefined) return undefined;
  return { name: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(), table };
}

/** The index of that name on that table, which CREATE INDEX CONCURRENTLY may have left unfinished. */
async function findIndex(session: Session, { name, table }: Build) {
  const [index] = await session.query<{ schema: string; isValid: boolean }>(
    `select n.nspname::text as schema, i.indisvalid as "isValid" from pg_catalog.pg_index i
     join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relname = $1 and i.indrelid = to_regclass($2)`,
    [name, table],
  );
  return index;
}

/**
 * Removes what a broken CREATE INDEX CONCURRENTLY left: an index that is there, is never used, and that IF NOT EXISTS would take for done.
 * @see https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function dropInvalidIndex(session: Session, sql: string): Promise<void> {
  const build = buildOf(sql);
  const index = build && (await findIndex(session, build));
  if (build === undefined || index === undefined || index.isValid) return;
  await session.query(`DROP INDEX CONCURRENTLY ${quoteIdentifier(index.schema)}.${quoteIdentifier(build.name)}`);
}

/** True when the statement builds an index that is there and in use. */
export async function isIndexBuilt(session: Session, sql: string): Promise<boolean> {
  const build = buildOf(sql);
  return build !== undefined && ((await findIndex(session, build))?.isValid ?? false);
}
