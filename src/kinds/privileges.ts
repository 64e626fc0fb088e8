import { type Acl, aclColumns, changeAcl, type Grant, passedOn, takesFrom, USUAL } from './acl.ts';
import { describedId, isPart } from './described.ts';
import { quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** Who may do what with an object, or with one column of it, beyond its owner's and PUBLIC's usual rights. */
export interface Privileges extends SchemaObject, Acl {
  readonly kind: 'privileges';
  /** As GRANT names the object: `TABLE public.posts`. */
  readonly on: string;
  /** Quoted where needed. */
  readonly column: string | null;
  /** What came with the described object: the constructor of a range, the sequence of an identity column. */
  readonly part: string | null;
  /** Whom the object belongs to, as GRANT would name it: CURRENT_USER for the role that migrates. */
  readonly belongsTo: string;
}

interface PrivilegesRow {
  readonly catalog: string;
  readonly oid: string;
  readonly number: number;
  readonly type: string;
  readonly identity: string;
  readonly column: string | null;
  readonly part: string | null;
  readonly belongs_to: string;
  readonly granted: readonly Grant[];
  readonly revoked: readonly Grant[];
}

/** What GRANT calls the types of pg_identify_object; everything else that can be granted on is a table to it. */
const TYPES: Readonly<Record<string, string>> = {
  sequence: 'SEQUENCE',
  function: 'FUNCTION',
  aggregate: 'FUNCTION',
  procedure: 'PROCEDURE',
  type: 'TYPE',
  schema: 'SCHEMA',
  language: 'LANGUAGE',
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
  server: 'FOREIGN SERVER',
};

/** A role as GRANT names it; the one that migrates has another name in other databases. */
const roleName = (oid: string): string =>
  `case when pg_get_userbyid(${oid}) = current_user then 'CURRENT_USER' else quote_ident(pg_get_userbyid(${oid})) end`;

/** Did the function or sequence come with something else, a type or an identity column? */
const isMadeAlong = (catalog: string, oid: string): string =>
  `(${catalog} = 'pg_proc' or ${catalog} = 'pg_class') and exists (select from pg_depend d where d.classid = ${catalog}::regclass and d.objid = ${oid} and d.objsubid = 0 and d.refclassid in ('pg_type'::regclass, 'pg_class'::regclass) and d.deptype = 'i' and a.number = 0)`;

const targetOf = (object: Privileges) => ({ prefix: '', on: object.on, column: object.column });

/** What the privileges are once their object belongs to somebody else: PostgreSQL puts the new owner in the place of the old one. */
export function underOwner(object: Privileges, belongsTo: string): Privileges {
  if (object.belongsTo === belongsTo) return object;
  return { ...object, belongsTo, ...passedOn(object, { from: object.belongsTo, to: belongsTo, hasAll: object.column === null }) };
}

export const privileges = defineKind<Privileges>({
  name: 'privileges',
  order: 190,
  rarely: (within) => `exists (select from pg_class where relacl is not null and ${within.roots('oid', 'relnamespace')})
      or exists (select from pg_attribute where attacl is not null and ${within.roots('attrelid', '0')})
      or exists (select from pg_proc where proacl is not null and ${within.members(`'pg_proc'::regclass`, 'oid')})
      or exists (select from pg_type where typacl is not null and ${within.roots('oid', 'typnamespace')})`,
  query: (within) => `
    select a.catalog, a.oid::text, a.number, i.type, i.identity, a."column", case when ${isMadeAlong('a.catalog', 'a.oid')} then i.identity end as part, ${roleName('a.owner')} as belongs_to, ${aclColumns(
      {
        acl: 'a.acl',
        usual: 'acldefault(a.letter, a.owner)',
        grantee: `case when x.grantee = 0 then 'PUBLIC' else ${roleName('x.grantee')} end`,
      },
    )}
    from (
      select 'pg_class' as catalog, oid, 0 as number, null as "column", relowner as owner, relacl as acl, (case relkind when 'S' then 's' else 'r' end)::"char" as letter from pg_class where relacl is not null and relpersistence <> 't' and ${within.roots('oid', 'relnamespace')}
      union all select 'pg_class', c.oid, a.attnum, quote_ident(a.attname), c.relowner, a.attacl, 'c' from pg_attribute a join pg_class c on c.oid = a.attrelid where a.attacl is not null and not a.attisdropped and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}
      union all select 'pg_proc', oid, 0, null, proowner, proacl, 'f' from pg_proc where proacl is not null and ${within.isWhole ? within.roots('oid', 'pronamespace') : within.members(`'pg_proc'::regclass`, 'oid')}
      union all select 'pg_type', oid, 0, null, typowner, typacl, 'T' from pg_type where typacl is not null and ${within.roots('oid', 'typnamespace')}
      union all select 'pg_namespace', oid, 0, null, nspowner, nspacl, 'n' from pg_namespace where nspacl is not null and oid in (select oid from user_schemas) and ${within.members(`'pg_namespace'::regclass`, 'oid')}
      union all select 'pg_language', oid, 0, null, lanowner, lanacl, 'l' from pg_language where lanacl is not null and oid >= 16384 and ${within.members(`'pg_language'::regclass`, 'oid')}
      union all select 'pg_foreign_data_wrapper', oid, 0, null, fdwowner, fdwacl, 'F' from pg_foreign_data_wrapper where fdwacl is not null and ${within.members(`'pg_foreign_data_wrapper'::regclass`, 'oid')}
      union all select 'pg_foreign_server', oid, 0, null, srvowner, srvacl, 'S' from pg_foreign_server where srvacl is not null and ${within.members(`'pg_foreign_server'::regclass`, 'oid')}
    ) a cross join lateral pg_identify_object(a.catalog::regclass, a.oid, 0) i`,
  *introspect(catalog, rows: readonly PrivilegesRow[]) {
    for (const row of rows) {
      if (catalog.inExtension(row.catalog, row.oid) || row.granted.length + row.revoked.length === 0) continue;
      const on = `${TYPES[row.type] ?? 'TABLE'} ${row.identity}`;
      const { column, part, granted, revoked, belongs_to: belongsTo } = row;
      yield {
        object: { kind: 'privileges', id: 'privileges:', name: on, on, column, part, belongsTo, granted, revoked },
        addresses: [],
        ownerAddress: `${row.catalog}/${row.oid}/${row.number}`,
      };
    }
  },
  settle: (object, owner) => ({
    ...object,
    id: object.part === null ? describedId('privileges', owner, object.column) : `privileges:${owner.id}/${quote(object.part)}`,
    name: isPart(owner, object.column) ? `${owner.name}.${object.column}` : owner.name,
    owner: owner.id,
  }),
  // To revoke something on a table takes it from its columns too.
  settledNeeds: ({ column }, owner) => (column === null ? [] : [`privileges:${owner.kind === 'column' ? owner.owner : owner.id}`]),
  goesAlong: true,
  reference: (object) => object.on,
  create: (object) => changeAcl(USUAL, object, targetOf(object)),
  drop: (object) => changeAcl(object, USUAL, targetOf(object)),
  // The owner changes first.
  alter: (before, after) => {
    const start = underOwner(before, after.belongsTo);
    return {
      statements: changeAcl(start, after, targetOf(after)),
      rebuild: (dependent) => dependent.kind === 'privileges' && takesFrom(start, after, dependent as Privileges),
    };
  },
});
