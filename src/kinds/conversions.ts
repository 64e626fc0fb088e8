import { idOf, literal, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A conversion between encodings. */
export interface Conversion extends SchemaObject {
  readonly kind: 'conversion';
  readonly schema: string;
  readonly conversion: string;
  readonly default: boolean;
  readonly source: string;
  readonly target: string;
  /** Qualified. */
  readonly routine: string;
}

interface ConversionRow extends Omit<Conversion, 'kind' | 'id' | 'name'> {
  readonly oid: string;
}

const nameOfConversion = (object: Conversion): string => qualify(object.schema, object.conversion);

export const conversions = defineKind<Conversion>({
  name: 'conversion',
  order: 59,
  query: `
    select c.oid::text, n.nspname as schema, c.conname as conversion, c.condefault as "default", pg_encoding_to_char(c.conforencoding) as source, pg_encoding_to_char(c.contoencoding) as target, c.conproc::regproc::text as routine
    from pg_conversion c join pg_namespace n on n.oid = c.connamespace where c.connamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly ConversionRow[]) {
    for (const { oid, ...row } of rows) {
      if (catalog.inExtension('pg_conversion', oid)) continue;
      yield {
        object: {
          kind: 'conversion',
          id: idOf('conversion', row.schema, row.conversion),
          name: nameOf(row.schema, row.conversion),
          ...row,
        },
        addresses: [`pg_conversion/${oid}/0`],
      };
    }
  },
  reference: (object) => `CONVERSION ${nameOfConversion(object)}`,
  create: (object) => {
    const head = `CREATE ${object.default ? 'DEFAULT ' : ''}CONVERSION ${nameOfConversion(object)}`;
    return [`${head} FOR ${literal(object.source)} TO ${literal(object.target)} FROM ${object.routine}`];
  },
  drop: (object) => [`DROP CONVERSION ${nameOfConversion(object)}`],
  alter: () => REPLACE,
  moves: true,
  rename: (before, after) =>
    renameAs('CONVERSION', { schema: before.schema, name: before.conversion }, { schema: after.schema, name: after.conversion }),
});
