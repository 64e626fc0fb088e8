import { idOf, literal, nameOf, qualify } from './identifier.ts';
import { defineKind, type SchemaObject, type Statement, SWAP } from './kind.ts';
import { renameAs, setAsideAs } from './setAside.ts';

/** An enum type. */
export interface Enum extends SchemaObject {
  readonly kind: 'enum';
  readonly schema: string;
  readonly type: string;
  /** In the order that comparisons use. */
  readonly labels: readonly string[];
}

interface EnumRow {
  readonly oid: string;
  readonly array: string;
  readonly schema: string;
  readonly type: string;
  readonly labels: readonly string[] | null;
}

const nameOfEnum = (object: Enum): string => qualify(object.schema, object.type);

/** Where a new label goes; at the end nothing has to be said. */
function placeOf(index: number, before: Enum, after: Enum): string {
  const rest = after.labels.slice(index + 1);
  const next = rest.find((label) => before.labels.includes(label));
  if (next === undefined) return '';
  const previous = after.labels[index - 1];
  return previous === undefined ? ` BEFORE ${literal(next)}` : ` AFTER ${literal(previous)}`;
}

const addLabel = (index: number, before: Enum, after: Enum): Statement => {
  const label = literal(after.labels[index] ?? '');
  const message = `the new value ${label} of ${after.name} cannot be used before the transaction that adds it is committed`;
  return {
    sql: `ALTER TYPE ${nameOfEnum(after)} ADD VALUE ${label}${placeOf(index, before, after)}`,
    hazards: [{ name: 'ENUM_VALUE_UNUSABLE_UNTIL_COMMIT', message }],
  };
};

/** Labels can only be added; anything else makes the type anew. */
function alterEnum(before: Enum, after: Enum): { readonly statements: readonly Statement[] } | typeof SWAP {
  const kept = after.labels.filter((label) => before.labels.includes(label));
  if (JSON.stringify(kept) !== JSON.stringify(before.labels)) return SWAP;
  const added = after.labels.flatMap((label, index) => (before.labels.includes(label) ? [] : [index]));
  return { statements: added.map((index) => addLabel(index, before, after)) };
}

export const enums = defineKind<Enum>({
  name: 'enum',
  order: 22,
  query: (within) => `
    select t.oid::text, t.typarray::text as "array", n.nspname as schema, t.typname as type,
      (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e' and ${within.roots('t.oid', 't.typnamespace')}`,
  *introspect(catalog, rows: readonly EnumRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_type', row.oid)) continue;
      yield {
        object: {
          kind: 'enum',
          id: idOf('enum', row.schema, row.type),
          name: nameOf(row.schema, row.type),
          schema: row.schema,
          type: row.type,
          labels: row.labels ?? [],
        },
        addresses: [`pg_type/${row.oid}/0`, `pg_type/${row.array}/0`],
      };
    }
  },
  reference: (object) => `TYPE ${nameOfEnum(object)}`,
  create: (object) => [`CREATE TYPE ${nameOfEnum(object)} AS ENUM (${object.labels.map(literal).join(', ')})`],
  drop: (object) => [`DROP TYPE ${nameOfEnum(object)}`],
  alter: alterEnum,
  moves: true,
  rename: (before, after) => renameAs('TYPE', { schema: before.schema, name: before.type }, { schema: after.schema, name: after.type }),
  members: {
    kind: 'enum value',
    of: (object) => object.labels.map((name) => ({ name })),
    rename: (object, from, to) => [`ALTER TYPE ${nameOfEnum(object)} RENAME VALUE ${literal(from)} TO ${literal(to)}`],
    holdsData: true,
    isValue: true,
  },
  setAside: (object) => setAsideAs('TYPE', object.schema, object.type),
  claims: (object) => [`type ${object.name}`],
});
