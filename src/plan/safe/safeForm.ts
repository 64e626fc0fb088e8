import { nameOf } from '../../kinds/identifier.ts';
import type { ObjectId } from '../../kinds/kind.ts';
import { namedIn } from '../../kinds/lookup.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import { type Plan, type PlannedStatement, removes } from '../plan.ts';

/** Where a statement stands that is to get a safe form. */
export interface SafePlace {
  readonly plan: Plan;
  /** Where the plan begins and ends. */
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  /** Of the oldest server that has to understand it. */
  readonly majorVersion: number;
  /** Was the statement seen to write every row anew? */
  readonly rewrites: (statement: PlannedStatement) => boolean;
}

/**
 * What does the same as a statement of a plan without making others wait for long, each statement in a transaction of its own; empty where it
 * is done by the form of a later one, undefined where there is nothing better.
 */
export type SafeForm = (statement: PlannedStatement, place: SafePlace) => readonly string[] | undefined;

/** Is it a table, or a materialized view, that is there before the plan and stays: does somebody use it while the plan runs? */
export const isInUse = ({ plan, from }: SafePlace, table: ObjectId | undefined): boolean =>
  table !== undefined && from.objects.has(table) && !removes(plan.actions.get(table));

const MOST_BYTES = 63;

/** A name with that ending that nothing in the schema has, before or after; the longest that PostgreSQL takes. */
export function freeName({ from, to }: Pick<SafePlace, 'from' | 'to'>, { path, name, ending }: NameWish): string {
  const isTaken = (wished: string): boolean => [from, to].some((side) => namedIn(side)(nameOf(...path, wished)).length > 0);
  for (let count = 0; ; count++) {
    const end = `_${ending}${count === 0 ? '' : count}`;
    const wished = `${cut(name, MOST_BYTES - end.length)}${end}`;
    if (!isTaken(wished)) return wished;
  }
}

interface NameWish {
  /** What stands before the name: the schema, and for a constraint its table. */
  readonly path: readonly string[];
  readonly name: string;
  /** ASCII only. */
  readonly ending: string;
}

/** As many whole characters as fit. */
function cut(text: string, bytes: number): string {
  const characters = [...text];
  while (Buffer.byteLength(characters.join('')) > bytes) characters.pop();
  return characters.join('');
}
