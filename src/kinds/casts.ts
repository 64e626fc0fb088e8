import { idOf } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** A cast that PostgreSQL does not have of itself. */
export interface Cast extends SchemaObject {
  readonly kind: 'cast';
  readonly source: string;
  readonly target: string;
  /** `WITH FUNCTION public.f(integer)`, `WITHOUT FUNCTION` or `WITH INOUT`. */
  readonly method: string;
  /** ` AS ASSIGNMENT`, ` AS IMPLICIT` or nothing. */
  readonly context: string;
}

interface CastRow {
  readonly oid: string;
  readonly source: string;
  readonly target: string;
  readonly method: string;
  readonly context: string;
}

const reference = (cast: Cast): string => `CAST (${cast.source} AS ${cast.target})`;

export const casts = defineKind<Cast>({
  name: 'cast',
  order: 56,
  // A range type brings casts to its multirange, which are part of it.
  query: `
    select c.oid::text, format_type(c.castsource, null) as source, format_type(c.casttarget, null) as target,
      case c.castmethod when 'f' then 'WITH FUNCTION ' || c.castfunc::regprocedure when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end as method,
      case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end as context
    from pg_cast c
    where c.oid >= 16384 and not exists (select from pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype = 'i')`,
  *introspect(catalog, rows: readonly CastRow[]) {
    for (const { oid, ...row } of rows) {
      if (catalog.inExtension('pg_cast', oid)) continue;
      const name = `(${row.source} AS ${row.target})`;
      yield { object: { kind: 'cast', id: idOf('cast', name), name, ...row }, addresses: [`pg_cast/${oid}/0`] };
    }
  },
  reference,
  create: (cast) => [`CREATE ${reference(cast)} ${cast.method}${cast.context}`],
  drop: (cast) => [`DROP ${reference(cast)}`],
  alter: () => REPLACE,
});
