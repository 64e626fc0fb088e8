import { type Acl, aclColumns, changeAcl, type Grant, USUAL } from './acl.ts';
import { idOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** The privileges that objects of one sort get when a role makes them. */
export interface DefaultPrivileges extends SchemaObject, Acl {
  readonly kind: 'default privileges';
  /** Quoted where needed; null for the role that migrates. */
  readonly role: string | null;
  /** Null for every schema. */
  readonly schema: string | null;
  /** TABLES, SEQUENCES, FUNCTIONS, TYPES, SCHEMAS or LARGE OBJECTS. */
  readonly objects: string;
}

interface DefaultPrivilegesRow {
  readonly oid: string;
  readonly role: string | null;
  readonly schema: string | null;
  readonly sort: string;
  readonly granted: readonly Grant[];
  readonly revoked: readonly Grant[];
}

const SORTS: Readonly<Record<string, string>> = {
  r: 'TABLES',
  S: 'SEQUENCES',
  f: 'FUNCTIONS',
  T: 'TYPES',
  n: 'SCHEMAS',
  L: 'LARGE OBJECTS',
};

const targetOf = ({ role, schema, objects }: DefaultPrivileges) => ({
  prefix: `ALTER DEFAULT PRIVILEGES${role === null ? '' : ` FOR ROLE ${role}`}${schema === null ? '' : ` IN SCHEMA ${quote(schema)}`} `,
  on: objects,
  column: null,
});

export const defaultPrivileges = defineKind<DefaultPrivileges>({
  name: 'default privileges',
  order: 210,
  // What is said for one schema adds to the usual rights and so starts from nothing.
  query: `
    select d.oid::text, case when d.defaclrole <> current_user::regrole then quote_ident(pg_get_userbyid(d.defaclrole)) end as role, n.nspname as schema, d.defaclobjtype as sort, ${aclColumns(
      {
        acl: 'd.defaclacl',
        usual: `case when d.defaclnamespace = 0 then acldefault((case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end)::"char", d.defaclrole) end`,
        grantee: `case when x.grantee = 0 then 'PUBLIC' when x.grantee = current_user::regrole then 'CURRENT_USER' else quote_ident(pg_get_userbyid(x.grantee)) end`,
      },
    )}
    from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
    where d.defaclnamespace = 0 or d.defaclnamespace in (select oid from user_schemas)`,
  *introspect(_, rows: readonly DefaultPrivilegesRow[]) {
    for (const { oid, sort, ...row } of rows) {
      if (row.granted.length + row.revoked.length === 0) continue;
      const objects = SORTS[sort] ?? 'TABLES';
      const path = [row.role ?? 'CURRENT_USER', row.schema ?? '*', objects];
      yield {
        object: { kind: 'default privileges', id: idOf('default privileges', ...path), name: path.join(' '), ...row, objects },
        addresses: [`pg_default_acl/${oid}/0`],
      };
    }
  },
  reference: (object) => `DEFAULT PRIVILEGES ${object.name}`,
  create: (object) => changeAcl(USUAL, object, targetOf(object)),
  drop: (object) => changeAcl(object, USUAL, targetOf(object)),
  alter: (before, after) => ({ statements: changeAcl(before, after, targetOf(after)) }),
});
