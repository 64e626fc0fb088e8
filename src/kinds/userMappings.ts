import { changeForeignOptions, type ForeignOptions, foreignOptions } from './foreignOptions.ts';
import { idOf, nameOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** As whom a role connects to a foreign server. */
export interface UserMapping extends SchemaObject {
  readonly kind: 'user mapping';
  readonly server: string;
  /** PUBLIC, or the role's name, quoted where needed. */
  readonly user: string;
  readonly options: ForeignOptions;
}

interface UserMappingRow {
  readonly oid: string;
  readonly server_oid: string;
  readonly server: string;
  readonly user: string;
  readonly options: readonly string[] | null;
}

const target = (object: UserMapping): string => `USER MAPPING FOR ${object.user} SERVER ${quote(object.server)}`;

export const userMappings = defineKind<UserMapping>({
  name: 'user mapping',
  order: 54,
  // The catalog itself is closed to ordinary roles; the view shows the options to those who may see them.
  query: `
    select m.umid::text as oid, m.srvid::text as server_oid, m.srvname as server, case when m.umuser = 0 then 'PUBLIC' else quote_ident(m.usename) end as "user", to_json(m.umoptions) as options
    from pg_user_mappings m`,
  *introspect(catalog, rows: readonly UserMappingRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_foreign_server', row.server_oid)) continue;
      yield {
        object: {
          kind: 'user mapping',
          id: idOf('user mapping', row.server, row.user),
          name: nameOf(row.server, row.user),
          server: row.server,
          user: row.user,
          options: [...(row.options ?? [])].sort(),
        },
        addresses: [`pg_user_mapping/${row.oid}/0`],
      };
    }
  },
  reference: target,
  create: (object) => [`CREATE ${target(object)}${foreignOptions(object.options)}`],
  drop: (object) => [`DROP ${target(object)}`],
  alter: (before, after) => ({ statements: [`ALTER ${target(after)}${changeForeignOptions(before.options, after.options)}`] }),
});
