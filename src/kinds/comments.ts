import { idOf, literal } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** The comment on an object of any kind, or on a part of one: a column of a view, a check of a domain. */
export interface Comment extends SchemaObject {
  readonly kind: 'comment';
  /** How COMMENT ON names the object: `COLUMN public.posts.title`. */
  readonly on: string;
  readonly text: string;
}

interface CommentRow {
  readonly catalog: string;
  readonly oid: string;
  readonly column: number;
  /** The domain whose constraint is meant. */
  readonly domain: string | null;
  readonly type: string;
  readonly identity: string;
  readonly text: string;
}

const NAME = '(?:"(?:[^"]|"")*"|[^" ]+)';

/** Where COMMENT ON calls a thing differently than pg_identify_object does, or orders its parts differently. */
const PHRASES: readonly (readonly [type: RegExp, phrase: (identity: string) => string])[] = [
  [/ column$/, (identity) => `COLUMN ${identity}`],
  [/^table constraint$/, (identity) => `CONSTRAINT ${identity}`],
  [/^domain constraint$/, (identity) => `CONSTRAINT ${identity.replace(new RegExp(`^(${NAME}) on `), '$1 ON DOMAIN ')}`],
  [/^statistics object$/, (identity) => `STATISTICS ${identity}`],
  [/^foreign-data wrapper$/, (identity) => `FOREIGN DATA WRAPPER ${identity}`],
  [/^transform$/, (identity) => `TRANSFORM ${identity.replace(/^for /, 'FOR ').replace(/ on language /, ' LANGUAGE ')}`],
];

const reference = (type: string, identity: string): string =>
  (PHRASES.find(([pattern]) => pattern.test(type))?.[1] ?? ((name) => `${type.toUpperCase()} ${name}`))(identity);

export const comments = defineKind<Comment>({
  name: 'comment',
  order: 200,
  // Shared objects (roles, databases) have their comments elsewhere; an extension brings its own from its control file.
  query: `
    select (select relname from pg_class where oid = d.classoid) as catalog, d.objoid::text as oid, d.objsubid as "column",
      nullif(o.contypid, 0)::text as domain, i.type, i.identity, d.description as text
    from pg_description d cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
      left join pg_constraint o on d.classoid = 'pg_constraint'::regclass and o.oid = d.objoid
    where d.classoid <> 'pg_extension'::regclass
      and (d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass and d.objoid in (select oid from user_schemas))`,
  *introspect(catalog, rows: readonly CommentRow[]) {
    for (const row of rows) {
      if (catalog.inExtension(row.catalog, row.oid)) continue;
      const on = reference(row.type, row.identity);
      yield {
        object: { kind: 'comment', id: idOf('comment', on), name: on, on, text: row.text },
        addresses: [],
        ownerAddress: row.domain === null ? `${row.catalog}/${row.oid}/${row.column}` : `pg_type/${row.domain}/0`,
      };
    }
  },
  reference: (comment) => comment.on,
  create: (comment) => [`COMMENT ON ${comment.on} IS ${literal(comment.text)}`],
  drop: (comment) => [`COMMENT ON ${comment.on} IS NULL`],
  alter: (_, after) => ({ statements: [`COMMENT ON ${after.on} IS ${literal(after.text)}`] }),
});
