import { idOf, literal, nameOf, qualify } from './identifier.ts';
import { defineKind, type SchemaObject, SWAP } from './kind.ts';
import { renameAs, setAsideAs } from './setAside.ts';

/** A collation. The version that the operating system reports is not compared. */
export interface Collation extends SchemaObject {
  readonly kind: 'collation';
  readonly schema: string;
  readonly collation: string;
  /** icu, libc or builtin. */
  readonly provider: string;
  readonly locale: string | null;
  readonly collate: string | null;
  readonly ctype: string | null;
  readonly deterministic: boolean;
  readonly rules: string | null;
}

interface CollationRow extends Omit<Collation, 'kind' | 'id' | 'name'> {
  readonly oid: string;
}

const nameOfCollation = (object: Collation): string => qualify(object.schema, object.collation);

function createCollation(object: Collation): string {
  const isOneLocale = object.collate !== null && object.collate === object.ctype;
  const locale = object.locale ?? (isOneLocale ? object.collate : null);
  const options = [
    `PROVIDER = ${object.provider}`,
    ...(locale === null ? [] : [`LOCALE = ${literal(locale)}`]),
    ...(object.collate === null || isOneLocale ? [] : [`LC_COLLATE = ${literal(object.collate)}`]),
    ...(object.ctype === null || isOneLocale ? [] : [`LC_CTYPE = ${literal(object.ctype)}`]),
    ...(object.deterministic ? [] : ['DETERMINISTIC = false']),
    ...(object.rules === null ? [] : [`RULES = ${literal(object.rules)}`]),
  ];
  return `CREATE COLLATION ${nameOfCollation(object)} (${options.join(', ')})`;
}

export const collations = defineKind<Collation>({
  name: 'collation',
  order: 20,
  // The locale's column was called colliculocale before PostgreSQL 17; rules came with 16.
  query: `
    select c.oid::text, n.nspname as schema, c.collname as collation, case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end as provider,
      coalesce(to_jsonb(c)->>'colllocale', to_jsonb(c)->>'colliculocale') as locale, c.collcollate as "collate", c.collctype as ctype,
      c.collisdeterministic as deterministic, to_jsonb(c)->>'collicurules' as rules
    from pg_collation c join pg_namespace n on n.oid = c.collnamespace
    where c.collnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly CollationRow[]) {
    for (const { oid, ...row } of rows) {
      if (catalog.inExtension('pg_collation', oid)) continue;
      yield {
        object: { kind: 'collation', id: idOf('collation', row.schema, row.collation), name: nameOf(row.schema, row.collation), ...row },
        addresses: [`pg_collation/${oid}/0`],
      };
    }
  },
  reference: (object) => `COLLATION ${nameOfCollation(object)}`,
  create: (object) => [createCollation(object)],
  drop: (object) => [`DROP COLLATION ${nameOfCollation(object)}`],
  alter: () => SWAP,
  moves: true,
  rename: (before, after) =>
    renameAs('COLLATION', { schema: before.schema, name: before.collation }, { schema: after.schema, name: after.collation }),
  setAside: (object) => setAsideAs('COLLATION', object.schema, object.collation),
  claims: (object) => [`collation ${object.name}`],
});
