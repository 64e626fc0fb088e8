import { idOf, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** An access method that no extension brought. */
export interface AccessMethod extends SchemaObject {
  readonly kind: 'access method';
  readonly accessMethod: string;
  /** INDEX or TABLE. */
  readonly type: string;
  /** Qualified. */
  readonly handler: string;
}

interface AccessMethodRow {
  readonly oid: string;
  readonly access_method: string;
  readonly type: string;
  readonly handler: string;
}

export const accessMethods = defineKind<AccessMethod>({
  name: 'access method',
  order: 45,
  query: `
    select m.oid::text, m.amname as access_method, case m.amtype when 't' then 'TABLE' else 'INDEX' end as type, m.amhandler::regproc::text as handler
    from pg_am m where m.oid >= 16384`,
  *introspect(catalog, rows: readonly AccessMethodRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_am', row.oid)) continue;
      yield {
        object: {
          kind: 'access method',
          id: idOf('access method', row.access_method),
          name: row.access_method,
          accessMethod: row.access_method,
          type: row.type,
          handler: row.handler,
        },
        addresses: [`pg_am/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `ACCESS METHOD ${quote(object.accessMethod)}`,
  create: (object) => [`CREATE ACCESS METHOD ${quote(object.accessMethod)} TYPE ${object.type} HANDLER ${object.handler}`],
  drop: (object) => [`DROP ACCESS METHOD ${quote(object.accessMethod)}`],
  alter: () => REPLACE,
});
