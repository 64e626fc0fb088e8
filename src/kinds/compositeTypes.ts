import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, type AlterContext, defineKind, type SchemaObject, SWAP } from './kind.ts';
import { renameAs, setAsideAs } from './setAside.ts';

/** A type that is a row of named attributes. */
export interface CompositeType extends SchemaObject {
  readonly kind: 'composite type';
  readonly schema: string;
  readonly type: string;
  /** In order. */
  readonly attributes: readonly Attribute[];
}

interface Attribute {
  readonly name: string;
  readonly type: string;
  /** Null where it is the type's own. */
  readonly collation: string | null;
}

interface CompositeTypeRow {
  readonly oid: string;
  readonly array: string;
  readonly relation: string;
  readonly schema: string;
  readonly type: string;
  readonly attributes: readonly Attribute[] | null;
}

const nameOfType = (object: CompositeType): string => qualify(object.schema, object.type);

const attributeText = (attribute: Attribute): string =>
  `${quote(attribute.name)} ${attribute.type}${attribute.collation === null ? '' : ` COLLATE ${attribute.collation}`}`;

/** Attributes come and go at the end only; PostgreSQL refuses to retype one that a table uses. */
function alterType(before: CompositeType, after: CompositeType, { dependents }: AlterContext): Alteration | typeof SWAP {
  const names = after.attributes.map((attribute) => attribute.name);
  const dropped = before.attributes.filter((attribute) => !names.includes(attribute.name));
  const kept = before.attributes.filter((attribute) => names.includes(attribute.name));
  const added = after.attributes.slice(kept.length);
  if (JSON.stringify([...kept, ...added]) !== JSON.stringify(after.attributes)) return SWAP;
  // Tables OF the type follow it, and are no others than the models know.
  const reach = dependents(after.id).some(({ kind }) => kind === 'table') ? ' CASCADE' : '';
  const changes = [
    ...dropped.map((attribute) => `DROP ATTRIBUTE ${quote(attribute.name)}${reach}`),
    ...added.map((attribute) => `ADD ATTRIBUTE ${attributeText(attribute)}${reach}`),
  ];
  const lost = dropped.map((attribute) => ({
    name: 'DELETES_DATA',
    message: `the values of attribute ${attribute.name} of ${after.name} are lost`,
  }));
  return { statements: [{ sql: `ALTER TYPE ${nameOfType(after)} ${changes.join(', ')}`, hazards: lost }] };
}

export const compositeTypes = defineKind<CompositeType>({
  name: 'composite type',
  order: 26,
  query: (within) => `
    select t.oid::text, t.typarray::text as "array", c.oid::text as relation, n.nspname as schema, t.typname as type,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'collation', case when a.attcollation <> y.typcollation and a.attcollation <> 0 then a.attcollation::regcollation::text end) order by a.attnum)
        from pg_attribute a join pg_type y on y.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as attributes
    from pg_type t join pg_class c on c.oid = t.typrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'c' and ${within.roots('t.oid', 't.typnamespace')}`,
  *introspect(catalog, rows: readonly CompositeTypeRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_type', row.oid) || catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: {
          kind: 'composite type',
          id: idOf('composite type', row.schema, row.type),
          name: nameOf(row.schema, row.type),
          schema: row.schema,
          type: row.type,
          attributes: row.attributes ?? [],
        },
        addresses: [`pg_type/${row.oid}/0`, `pg_type/${row.array}/0`, `pg_class/${row.relation}/0`],
      };
    }
  },
  reference: (object) => `TYPE ${nameOfType(object)}`,
  create: (object) => [`CREATE TYPE ${nameOfType(object)} AS (${object.attributes.map(attributeText).join(', ')})`],
  drop: (object) => [`DROP TYPE ${nameOfType(object)}`],
  alter: alterType,
  moves: true,
  rename: (before, after) => renameAs('TYPE', { schema: before.schema, name: before.type }, { schema: after.schema, name: after.type }),
  members: {
    kind: 'attribute',
    of: (object) => object.attributes.map(({ name, type }) => ({ name, type })),
    rename: (object, from, to) => [`ALTER TYPE ${nameOfType(object)} RENAME ATTRIBUTE ${quote(from)} TO ${quote(to)} CASCADE`],
    holdsData: true,
  },
  setAside: (object) => setAsideAs('TYPE', object.schema, object.type),
  claims: (object) => [`type ${object.name}`, `relation ${object.name}`],
});
