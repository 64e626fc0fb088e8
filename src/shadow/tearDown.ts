import type { SchemaObject } from '../kinds/kind.ts';
import { ownedIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { ownRoot, rootKey } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Table } from '../kinds/tables.ts';
import type { Closure } from './closure.ts';

/** The schema of a scratch database that nobody reads: fastpyd's own. */
export const ASIDE = 'fastpyd';

/** How to take roots out of the way. */
export interface TornDown {
  readonly sql: string;
  /** The roots that are set aside, by key. */
  readonly aside: readonly string[];
}

/**
 * SQL that takes the roots of a closure out of the way. What depends on them goes along: it is made anew too, or it is a foreign key that
 * nobody reads again. A table that many point to is set aside with their keys, which is cheaper than to drop them all.
 * @param earlier  roots that were set aside before, by key: the keys went with them, and the place is taken
 */
export function tearDown(snapshot: SchemaSnapshot, closure: Closure, earlier: ReadonlySet<string>): TornDown {
  const standing = [...closure.members].flatMap((id) => snapshot.objects.get(id) ?? []).filter((object) => ownRoot(object) !== undefined);
  const setAside = standing.filter((object) => isPointedAt(object, closure, earlier) && standsAlone(object, snapshot));
  const dropped = standing.filter((object) => !setAside.includes(object));
  const sql = [
    'SET LOCAL client_min_messages = warning',
    ...setAside.flatMap((table) => [
      ...statisticsOf(table, snapshot).map(drop),
      `ALTER ${kindOf(table).reference(table)} SET SCHEMA ${ASIDE}`,
    ]),
    ...dropped.map(drop),
  ].join(';\n');
  return { sql, aside: setAside.map(keyOf) };
}

const keyOf = (object: SchemaObject): string => {
  const root = ownRoot(object);
  return root === undefined ? '' : rootKey(root);
};

const isPointedAt = (object: SchemaObject, { pointedAt }: Closure, earlier: ReadonlySet<string>): boolean =>
  object.kind === 'table' && pointedAt.has(keyOf(object)) && !earlier.has(keyOf(object));

/** A partition would stay one of its whole, wherever it is moved. */
function standsAlone(object: SchemaObject, snapshot: SchemaSnapshot): boolean {
  const { partitionBy, inherits } = object as Table;
  return partitionBy === null && inherits.length === 0 && !parts(object, snapshot).some(({ kind }) => kind === 'partition');
}

/** Unlike indexes and sequences, these do not move with their table. */
const statisticsOf = (table: SchemaObject, snapshot: SchemaSnapshot): readonly SchemaObject[] =>
  parts(table, snapshot).filter(({ kind }) => kind === 'statistics');

const parts = (object: SchemaObject, snapshot: SchemaSnapshot): readonly SchemaObject[] =>
  ownedIn(snapshot)(object.id).flatMap((id) => snapshot.objects.get(id) ?? []);

/** References are always quoted, so that the first quote begins the name. */
const drop = (object: SchemaObject): string => `DROP ${kindOf(object).reference(object).replace('"', 'IF EXISTS "')} CASCADE`;
