import { idOf, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** A publication; the tables and schemas in it are kinds of their own. */
export interface Publication extends SchemaObject {
  readonly kind: 'publication';
  readonly publication: string;
  readonly allTables: boolean;
  /** `publish = 'insert, update'` and the like; all of them, since there are few. */
  readonly options: readonly string[];
}

interface PublicationRow {
  readonly oid: string;
  readonly publication: string;
  readonly all_tables: boolean;
  readonly publish: string;
  readonly via_root: boolean;
  readonly generated: string | null;
}

const GENERATED: Readonly<Record<string, string>> = { n: 'none', s: 'stored' };

function optionsOf(row: PublicationRow): string[] {
  return [
    `publish = '${row.publish}'`,
    `publish_via_partition_root = ${row.via_root}`,
    ...(row.generated === null ? [] : [`publish_generated_columns = ${GENERATED[row.generated] ?? 'none'}`]),
  ];
}

export const publications = defineKind<Publication>({
  name: 'publication',
  order: 150,
  // Generated columns can be published since PostgreSQL 18.
  query: `
    select p.oid::text, p.pubname as publication, p.puballtables as all_tables, p.pubviaroot as via_root, to_jsonb(p)->>'pubgencols' as generated,
      concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end, case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end) as publish
    from pg_publication p`,
  *introspect(catalog, rows: readonly PublicationRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_publication', row.oid)) continue;
      yield {
        object: {
          kind: 'publication',
          id: idOf('publication', row.publication),
          name: row.publication,
          publication: row.publication,
          allTables: row.all_tables,
          options: optionsOf(row),
        },
        addresses: [`pg_publication/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `PUBLICATION ${quote(object.publication)}`,
  create: (object) => [
    `CREATE PUBLICATION ${quote(object.publication)}${object.allTables ? ' FOR ALL TABLES' : ''} WITH (${object.options.join(', ')})`,
  ],
  drop: (object) => [`DROP PUBLICATION ${quote(object.publication)}`],
  alter: (before, after) => {
    if (before.allTables !== after.allTables) return REPLACE;
    const changed = after.options.filter((option) => !before.options.includes(option));
    return { statements: [`ALTER PUBLICATION ${quote(after.publication)} SET (${changed.join(', ')})`] };
  },
  rename: (before, after) => [`ALTER PUBLICATION ${quote(before.publication)} RENAME TO ${quote(after.publication)}`],
});
