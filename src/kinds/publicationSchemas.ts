import { idOf, nameOf, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** That every table of a schema is part of a publication. */
export interface PublicationSchema extends SchemaObject {
  readonly kind: 'publication schema';
  readonly publication: string;
  readonly schema: string;
}

interface PublicationSchemaRow {
  readonly oid: string;
  readonly publication: string;
  readonly schema: string;
}

const change = (object: PublicationSchema, verb: string): string =>
  `ALTER PUBLICATION ${quote(object.publication)} ${verb} TABLES IN SCHEMA ${quote(object.schema)}`;

export const publicationSchemas = defineKind<PublicationSchema>({
  name: 'publication schema',
  order: 151,
  query: `
    select r.oid::text, p.pubname as publication, n.nspname as schema
    from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid join pg_namespace n on n.oid = r.pnnspid`,
  *introspect(_, rows: readonly PublicationSchemaRow[]) {
    for (const { oid, publication, schema } of rows) {
      yield {
        object: {
          kind: 'publication schema',
          id: idOf('publication schema', publication, schema),
          name: nameOf(publication, schema),
          owner: idOf('publication', publication),
          publication,
          schema,
        },
        addresses: [`pg_publication_namespace/${oid}/0`],
      };
    }
  },
  reference: (object) => `PUBLICATION ${quote(object.publication)}`,
  create: (object) => [change(object, 'ADD')],
  drop: (object) => [change(object, 'DROP')],
  alter: () => REPLACE,
});
