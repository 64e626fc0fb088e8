import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** That a table is part of a publication. */
export interface PublicationTable extends SchemaObject {
  readonly kind: 'publication table';
  readonly publication: string;
  readonly schema: string;
  readonly table: string;
  /** Null for all. */
  readonly columns: readonly string[] | null;
  readonly where: string | null;
}

interface PublicationTableRow extends Omit<PublicationTable, 'kind' | 'id' | 'name'> {
  readonly oid: string;
}

const alter = (object: PublicationTable): string => `ALTER PUBLICATION ${quote(object.publication)}`;

function add(object: PublicationTable): string {
  const columns = object.columns === null ? '' : ` (${object.columns.map(quote).join(', ')})`;
  const where = object.where === null ? '' : ` WHERE (${object.where})`;
  return `${alter(object)} ADD TABLE ONLY ${qualify(object.schema, object.table)}${columns}${where}`;
}

export const publicationTables = defineKind<PublicationTable>({
  name: 'publication table',
  order: 152,
  query: `
    select r.oid::text, p.pubname as publication, n.nspname as schema, c.relname as "table", pg_get_expr(r.prqual, r.prrelid) as "where",
      (select json_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)) as columns
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace`,
  *introspect(_, rows: readonly PublicationTableRow[]) {
    for (const { oid, ...row } of rows) {
      const path = [row.publication, row.schema, row.table];
      yield {
        object: {
          kind: 'publication table',
          id: idOf('publication table', ...path),
          name: nameOf(...path),
          owner: idOf('publication', row.publication),
          ...row,
        },
        addresses: [`pg_publication_rel/${oid}/0`],
      };
    }
  },
  reference: (object) => `PUBLICATION ${quote(object.publication)}`,
  create: (object) => [add(object)],
  drop: (object) => [`${alter(object)} DROP TABLE ONLY ${qualify(object.schema, object.table)}`],
  alter: () => REPLACE,
});
