import type { Column } from '../../kinds/columns.ts';
import type { Constraint } from '../../kinds/constraints.ts';
import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import { inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';
import { isPartitioned, objectsOf, qualified } from '../schemaOf.ts';

const tableOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));
const nameIn = (column: string): string => column.slice(column.lastIndexOf('.') + 1);
const columnId = (name: string): ObjectId => `column:${qualified(tableOf(name))}.${nameIn(name)}`;

const columnAt = (place: Place, name: string): Column | undefined => objectsOf(place).get(columnId(name)) as Column | undefined;

/** Narrows what another rule finds to what the schema shows. */
const where =
  (find: Rule['find'], holds: (place: Place, name: string) => boolean): Rule['find'] =>
  (place) =>
    find(place).filter((name) => holds(place, name));

const retyped = inAction('^alter (?:column )?<name> (?:set data )?type\\b');

const constraintsOf = (place: Place, table: string): readonly Constraint[] =>
  [...objectsOf(place).values()].filter(
    (object): object is Constraint => object.kind === 'constraint' && object.owner === `table:${qualified(table)}`,
  );

const isChecked = (place: Place, column: string): boolean =>
  constraintsOf(place, tableOf(column)).some(
    ({ type, definition }) => type === 'check' && new RegExp(`\\b${nameIn(column)}\\b`).test(definition),
  );

const TYPE = pattern('^alter (?:column )?<any> (?:set data )?type (.*?)(?: collate .*| using .*)?$');

const SIZES: readonly string[] = ['smallint', 'integer', 'bigint'];
const ALIASES: Readonly<Record<string, string>> = { int2: 'smallint', int: 'integer', int4: 'integer', int8: 'bigint' };

/** Can a value of the first type be too large for the second? Types of other sorts are for the cast to judge. */
function isNarrower(before: string, after: string): boolean {
  const [was = -1, is = -1] = [before, after].map((type) => SIZES.indexOf(ALIASES[type] ?? type));
  if (was >= 0 && is >= 0) return is < was;
  const [limit, scale = 0] = numbersIn(after);
  const [wasLimit, wasScale = 0] = numbersIn(before);
  if (limit === undefined || !/char|numeric|decimal|bit/.test(after)) return false;
  return wasLimit === undefined || scale < wasScale || limit - scale < wasLimit - wasScale;
}

const numbersIn = (type: string): readonly number[] => type.match(/\d+/g)?.map(Number) ?? [];

function narrowed(place: Place): readonly string[] {
  return retyped(place).filter((name) => {
    const type = place.statement.actions.flatMap((action) =>
      action.includes(` ${nameIn(name)} `) ? (TYPE.exec(action)?.[1] ?? []) : [],
    )[0];
    const before = columnAt(place, name)?.type;
    return type !== undefined && before !== undefined && isNarrower(before, type.replaceAll(/ (?=[(),])|(?<=\() /g, ''));
  });
}

const DROPPED = pattern('^drop index (?:concurrently )?(?:if exists )?<name>');

/** The index of that name that a key or a unique constraint stands on. */
function dropsKey(place: Place): readonly string[] {
  const name = DROPPED.exec(place.statement.text)?.[1];
  if (name === undefined) return [];
  const isBehind = (object: SchemaObject): boolean => object.kind === 'constraint' && object.name.endsWith(`.${nameIn(`.${said(name)}`)}`);
  return [...objectsOf(place).values()].some(isBehind) ? [said(name)] : [];
}

/** Does something that reads it depend on the column? */
function isRead(place: Place, column: string): boolean {
  const id = columnId(column);
  return [...(place.schema?.needs ?? [])].some(
    ([by, needed]) => /^(?:view|materialized view|trigger|rule|policy|routine):/.test(by) && needed.has(id),
  );
}

/** What only the schema shows that a migration starts from. */
export const SCHEMA_RULES: readonly Rule[] = [
  {
    name: 'INDEX_ON_ALL_PARTITIONS',
    danger: 'locks',
    remedy: 'planned',
    reason: 'An index on a partitioned table is built on all partitions in one go, while nothing can be written to any of them.',
    instead: 'CREATE INDEX ON ONLY the whole, build one CONCURRENTLY on each partition, and ATTACH them.',
    find: where(
      inStatement('^create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:<any> )??on (?!only )<name>'),
      isPartitioned,
    ),
  },
  {
    name: 'ALL_PARTITIONS_CHANGED',
    danger: 'locks',
    reason: 'The change goes to every partition at once, and locks them all.',
    instead: 'Partition by partition, then the whole.',
    find: where(({ statement: { table } }) => (table === '' ? [] : [table]), isPartitioned),
  },
  {
    name: 'CHECKED_COLUMN_RETYPED',
    danger: 'locks',
    reason: 'Every row is checked again, on top of being written anew.',
    instead: 'Drop the check, change the type, ADD it NOT VALID and validate it in a later migration.',
    find: where(retyped, isChecked),
  },
  {
    name: 'TYPE_NARROWED',
    danger: 'data',
    reason: 'A value that is too large for the new type stops the migration, or is rounded.',
    instead: 'Count the rows that do not fit first.',
    find: narrowed,
  },
  {
    name: 'KEY_LOSES_INDEX',
    danger: 'data',
    remedy: 'planned',
    reason: 'PostgreSQL does not drop the index of a constraint.',
    instead: 'Drop the constraint, or give it another index first.',
    find: dropsKey,
  },
  {
    name: 'COLUMN_IS_READ',
    danger: 'application',
    reason: 'Views, triggers, rules or policies read the column; PostgreSQL refuses the change while they do.',
    instead: 'Drop them before it and make them again behind it, in the same migration: `fastpy db:make` does.',
    find: where(retyped, isRead),
  },
];
