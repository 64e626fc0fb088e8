import { nameOf, namesIn, qualify, quote } from '../../kinds/identifier.ts';
import type { ObjectId } from '../../kinds/kind.ts';
import type { Partition } from '../../kinds/partitions.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import { freeName, isInUse, type SafeForm, type SafePlace } from './safeForm.ts';

/** A check that lasts as long as PostgreSQL is to know something of a table without looking at its rows. */
interface Guard {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const NO_GUARD: Guard = { before: [], after: [] };

const parentOf = ({ parent }: Partition, { objects }: SchemaSnapshot): ObjectId | undefined =>
  [...objects.values()].find(({ kind, name }) => kind === 'table' && name === nameOf(...namesIn(parent)))?.id;

/** What PostgreSQL requires of a partition's rows. */
const conditionOf = ({ id }: Partition, { notes }: SchemaSnapshot): string | undefined => notes.get(id)?.condition;

const defaultOf = ({ parent }: Partition, { objects }: SchemaSnapshot): Partition | undefined =>
  [...objects.values()].find((object): object is Partition => {
    const { kind, parent: whole, bound } = object as Partition;
    return kind === 'partition' && whole === parent && bound === 'DEFAULT';
  });

function guard(partition: Partition, condition: string, place: SafePlace): Guard {
  const { schema, table } = partition;
  const name = quote(freeName(place, { path: [schema, table], name: table, ending: 'bound' }));
  const alter = `ALTER TABLE ${qualify(schema, table)}`;
  return {
    before: [`${alter} ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID`, `${alter} VALIDATE CONSTRAINT ${name}`],
    after: [`${alter} DROP CONSTRAINT ${name}`],
  };
}

/** Neither the rows of the partition are looked at while it is locked, nor those of the default partition, which could belong to it. */
function attach(sql: string, partition: Partition, place: SafePlace): readonly string[] | undefined {
  const condition = conditionOf(partition, place.to);
  const other = defaultOf(partition, place.from);
  if (condition === undefined) return undefined;
  const own = isInUse(place, partition.owner) ? guard(partition, condition, place) : NO_GUARD;
  const others = other !== undefined && isStaying(other, place) ? guard(other, `NOT (${condition})`, place) : NO_GUARD;
  const before = [...own.before, ...others.before];
  return before.length === 0 ? undefined : [...before, sql, ...own.after, ...others.after];
}

const isStaying = (partition: Partition, place: SafePlace): boolean =>
  isInUse(place, partition.owner) && place.plan.actions.get(partition.id) === undefined;

/** Concurrently it would get a check of its bounds for good, unless it has one; beside a default partition PostgreSQL refuses that. */
function detach(sql: string, partition: Partition, place: SafePlace): readonly string[] | undefined {
  const condition = conditionOf(partition, place.from);
  if (condition === undefined || defaultOf(partition, place.from) !== undefined || !isInUse(place, partition.owner)) return undefined;
  const { before, after } = guard(partition, condition, place);
  return [...before, `${sql} CONCURRENTLY`, ...after];
}

/** Partitions that join a table that somebody uses, or leave it. */
export const partitionForm: SafeForm = ({ sql, object }, place) => {
  const partition = object as Partition;
  if (!isInUse(place, parentOf(partition, place.from))) return undefined;
  if (/ ATTACH PARTITION /.test(sql)) return attach(sql, partition, place);
  return / DETACH PARTITION /.test(sql) ? detach(sql, partition, place) : undefined;
};
