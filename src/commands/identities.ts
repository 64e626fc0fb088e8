import type { Session } from '../database/session.ts';

/** A table or a column of one, by what PostgreSQL itself tells it from others: a rename leaves that, a second object of the same name has another. */
export interface Identified {
  /** Dotted and unquoted. */
  readonly name: string;
  readonly identity: string;
  readonly schema: string;
  readonly table: string;
  /** Null for the table itself. */
  readonly column: string | null;
}

/** Every table and column of a database. */
export function identities(session: Session): Promise<readonly Identified[]> {
  return session.query<Identified>(`
    select concat_ws('.', n.nspname, c.relname, a.attname) as name, concat_ws('.', c.oid, a.attnum) as identity,
      n.nspname::text as schema, c.relname::text as table, a.attname::text as column
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    cross join lateral (
      select null as attname, null as attnum union all
      select attname, attnum from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
    ) a
    where c.relkind in ('r', 'p')`);
}
