import { describedId, isPart } from './described.ts';
import { literal } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** The comment on an object of any kind, or on a part of one: a column of a view, a check of a domain. */
export interface Comment extends SchemaObject {
  readonly kind: 'comment';
  readonly part: string | null;
  /** How COMMENT ON names what it describes: `COLUMN "public"."posts"."title"`. */
  readonly on: string;
  readonly text: string;
}

interface CommentRow {
  readonly catalog: string;
  readonly oid: string;
  readonly column: number;
  /** The column, the index or the constraint of a domain that is meant. */
  readonly part: string | null;
  /** How COMMENT ON names the part. */
  readonly on: string | null;
  /** The domain's oid. */
  readonly domain: string | null;
  readonly text: string;
}

/** SQL for what the control file of the extension with that oid says of it: the comment that it comes with, and nobody's wish. */
export const extensionComment = (oid: string): string =>
  `(select v.comment from pg_available_extensions() v where v.name = (select extname from pg_extension where oid = ${oid}))`;

export const comments = defineKind<Comment>({
  name: 'comment',
  order: 200,
  // Shared objects (roles, databases) have their comments elsewhere.
  rarely: (within) => `exists (select from pg_description d where ${within.members('d.classoid', 'd.objoid')})`,
  query: (within) => `
    select (select relname from pg_class where oid = d.classoid) as catalog, d.objoid::text as oid, d.objsubid as "column",
      coalesce(a.attname, o.conname, x.relname) as part, o.contypid::text as domain, d.description as text,
      coalesce('COLUMN ' || a.attrelid::regclass || '.' || quote_ident(a.attname), 'CONSTRAINT ' || quote_ident(o.conname) || ' ON DOMAIN ' || o.contypid::regtype, 'INDEX ' || x.oid::regclass) as "on"
    from pg_description d left join pg_attribute a on d.classoid = 'pg_class'::regclass and d.objsubid > 0 and a.attrelid = d.objoid and a.attnum = d.objsubid
      left join pg_constraint o on d.classoid = 'pg_constraint'::regclass and o.oid = d.objoid and o.contypid <> 0
      left join pg_class x on d.classoid = 'pg_class'::regclass and x.oid = d.objoid and x.relkind in ('i', 'I')
    where case when d.classoid = 'pg_extension'::regclass then d.description is distinct from ${extensionComment('d.objoid')} else true end
      and (d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass and d.objoid in (select oid from user_schemas))
      and ${within.members('d.classoid', 'd.objoid')}`,
  *introspect(catalog, rows: readonly CommentRow[]) {
    for (const row of rows) {
      if (catalog.inExtension(row.catalog, row.oid)) continue;
      yield {
        object: { kind: 'comment', id: 'comment:', name: '', part: row.part, on: row.on ?? '', text: row.text },
        addresses: [],
        ownerAddress: row.domain === null ? `${row.catalog}/${row.oid}/${row.column}` : `pg_type/${row.domain}/0`,
      };
    }
  },
  settle: (comment, owner, reference) => ({
    ...comment,
    id: describedId('comment', owner, comment.part),
    name: isPart(owner, comment.part) ? `${owner.name}.${comment.part}` : owner.name,
    owner: owner.id,
    on: isPart(owner, comment.part) ? comment.on : reference,
  }),
  reference: (comment) => comment.on,
  create: (comment) => [`COMMENT ON ${comment.on} IS ${literal(comment.text)}`],
  drop: (comment) => [`COMMENT ON ${comment.on} IS NULL`],
  alter: (_, after) => ({ statements: [`COMMENT ON ${after.on} IS ${literal(after.text)}`] }),
});
