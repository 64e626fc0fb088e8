import { idOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** How a procedural language sees the values of a type. */
export interface Transform extends SchemaObject {
  readonly kind: 'transform';
  readonly type: string;
  readonly language: string;
  /** `FROM SQL WITH FUNCTION …` and `TO SQL WITH FUNCTION …`, those that are there. */
  readonly routines: readonly string[];
}

interface TransformRow {
  readonly oid: string;
  readonly type: string;
  readonly language: string;
  readonly routines: readonly (string | null)[];
}

const reference = (object: Transform): string => `TRANSFORM FOR ${object.type} LANGUAGE ${quote(object.language)}`;

const definition = (object: Transform): string => `${reference(object)} (${object.routines.join(', ')})`;

export const transforms = defineKind<Transform>({
  name: 'transform',
  order: 61,
  query: `
    select t.oid::text, format_type(t.trftype, null) as type, l.lanname as language, json_build_array(
      case when t.trffromsql <> 0 then 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure end, case when t.trftosql <> 0 then 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure end) as routines
    from pg_transform t join pg_language l on l.oid = t.trflang`,
  *introspect(catalog, rows: readonly TransformRow[]) {
    for (const { oid, routines, ...row } of rows) {
      if (catalog.inExtension('pg_transform', oid)) continue;
      yield {
        object: {
          kind: 'transform',
          id: idOf('transform', row.type, row.language),
          name: `${row.type} ${row.language}`,
          ...row,
          routines: routines.filter((routine) => routine !== null),
        },
        addresses: [`pg_transform/${oid}/0`],
      };
    }
  },
  reference,
  create: (object) => [`CREATE ${definition(object)}`],
  drop: (object) => [`DROP ${reference(object)}`],
  alter: (_, after) => ({ statements: [`CREATE OR REPLACE ${definition(after)}`] }),
});
