import { isBaseType } from './baseTypes.ts';
import { describedId } from './described.ts';
import { defineKind, type SchemaObject, type Within } from './kind.ts';

/**
 * Whom an object belongs to, where that is not the role that migrates: what nothing is said of belongs to whoever makes it,
 * which is another role in every database.
 */
export interface Owner extends SchemaObject {
  readonly kind: 'owner';
  /** How ALTER names the object: `TABLE "public"."posts"`. */
  readonly on: string;
  /** Quoted where needed. */
  readonly role: string;
}

interface OwnerRow {
  readonly catalog: string;
  readonly oid: string;
  readonly role: string;
}

const give = (owner: Owner, role: string): string => `ALTER ${owner.on} OWNER TO ${role}`;

/** Catalogs of what stands apart from relations, routines and types, with the column that holds the owner. */
const APART: readonly (readonly [catalog: string, column: string])[] = [
  ['pg_namespace', 'nspowner'],
  ['pg_collation', 'collowner'],
  ['pg_conversion', 'conowner'],
  ['pg_operator', 'oprowner'],
  ['pg_opclass', 'opcowner'],
  ['pg_opfamily', 'opfowner'],
  ['pg_ts_config', 'cfgowner'],
  ['pg_ts_dict', 'dictowner'],
  ['pg_language', 'lanowner'],
  ['pg_foreign_data_wrapper', 'fdwowner'],
  ['pg_foreign_server', 'srvowner'],
  ['pg_publication', 'pubowner'],
  ['pg_event_trigger', 'evtowner'],
];

const ownersApart = (): string =>
  APART.map(([catalog, column]) => `union all select '${catalog}', oid, ${column} from ${catalog} where ${isOwn(catalog)}`).join(
    '\n      ',
  );

/** `public` is in every database before anything of the user's is. */
const isOwn = (catalog: string): string => (catalog === 'pg_namespace' ? 'oid in (select oid from user_schemas)' : 'oid >= 16384');

// A sequence behind a column has no owner of its own, nor have an index, the row type of a table and an array type.
const ownersWithin = (within: Within): string => `
      select 'pg_class' as catalog, c.oid, c.relowner as owner from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass and c.relkind = 'S')
      union all select 'pg_proc', oid, proowner from pg_proc where ${within.roots('oid', 'pronamespace')}
      union all select 'pg_type', t.oid, t.typowner from pg_type t where (t.typtype in ('e', 'd', 'r') or ${isBaseType('t')} or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')) and ${within.roots('t.oid', 't.typnamespace')}
      union all select 'pg_statistic_ext', oid, stxowner from pg_statistic_ext where ${within.members(`'pg_statistic_ext'::regclass`, 'oid')}`;

export const owners = defineKind<Owner>({
  name: 'owner',
  // Behind what it is about, before sequences, which must belong to the same role as the table that owns them, and before privileges,
  // which are relative to it.
  order: 25,
  query: (within) => `
    select o.catalog, o.oid::text, quote_ident(pg_get_userbyid(o.owner)) as role
    from (${ownersWithin(within)}
      ${within.isWhole ? ownersApart() : ''}) o
    where pg_get_userbyid(o.owner) <> current_user`,
  *introspect(catalog, rows: readonly OwnerRow[]) {
    for (const row of rows) {
      if (catalog.inExtension(row.catalog, row.oid)) continue;
      yield {
        object: { kind: 'owner', id: 'owner:', name: '', on: '', role: row.role },
        addresses: [],
        ownerAddress: `${row.catalog}/${row.oid}/0`,
      };
    }
  },
  settle: (object, owned, reference) => ({
    ...object,
    id: describedId('owner', owned, null),
    name: owned.name,
    owner: owned.id,
    on: reference,
  }),
  reference: (object) => object.on,
  create: (object) => [give(object, object.role)],
  drop: (object) => [give(object, 'CURRENT_USER')],
  alter: (_, after) => ({ statements: [give(after, after.role)] }),
});
