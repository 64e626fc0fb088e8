import { changeForeignOptions, type ForeignOptions, foreignOptions } from './foreignOptions.ts';
import { idOf, literal, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** A foreign server. */
export interface ForeignServer extends SchemaObject {
  readonly kind: 'foreign server';
  readonly server: string;
  readonly wrapper: string;
  readonly type: string | null;
  readonly version: string | null;
  readonly options: ForeignOptions;
}

interface ForeignServerRow {
  readonly oid: string;
  readonly server: string;
  readonly wrapper: string;
  readonly type: string | null;
  readonly version: string | null;
  readonly options: readonly string[] | null;
}

const createServer = (object: ForeignServer): string => {
  const type = object.type === null ? '' : ` TYPE ${literal(object.type)}`;
  const version = object.version === null ? '' : ` VERSION ${literal(object.version)}`;
  const wrapper = ` FOREIGN DATA WRAPPER ${quote(object.wrapper)}`;
  return `CREATE SERVER ${quote(object.server)}${type}${version}${wrapper}${foreignOptions(object.options)}`;
};

export const foreignServers = defineKind<ForeignServer>({
  name: 'foreign server',
  order: 52,
  query: `
    select s.oid::text, s.srvname as server, w.fdwname as wrapper, s.srvtype as type, s.srvversion as version, to_json(s.srvoptions) as options
    from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw`,
  *introspect(catalog, rows: readonly ForeignServerRow[]) {
    for (const { oid, options, ...row } of rows) {
      if (catalog.inExtension('pg_foreign_server', oid)) continue;
      yield {
        object: {
          kind: 'foreign server',
          id: idOf('foreign server', row.server),
          name: row.server,
          ...row,
          options: [...(options ?? [])].sort(),
        },
        addresses: [`pg_foreign_server/${oid}/0`],
      };
    }
  },
  reference: (object) => `SERVER ${quote(object.server)}`,
  create: (object) => [createServer(object)],
  drop: (object) => [`DROP SERVER ${quote(object.server)}`],
  alter: (before, after) => {
    if (before.wrapper !== after.wrapper || before.type !== after.type) return REPLACE;
    const version = before.version === after.version ? '' : ` VERSION ${after.version === null ? 'NULL' : literal(after.version)}`;
    return { statements: [`ALTER SERVER ${quote(after.server)}${version}${changeForeignOptions(before.options, after.options)}`] };
  },
  rename: (before, after) => [`ALTER SERVER ${quote(before.server)} RENAME TO ${quote(after.server)}`],
});
