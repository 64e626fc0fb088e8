import type { Column } from '../../kinds/columns.ts';
import type { ObjectId } from '../../kinds/kind.ts';
import { inheritorsIn, ownedIn } from '../../kinds/lookup.ts';
import type { Rule } from '../../kinds/rules.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { Table } from '../../kinds/tables.ts';
import type { Trigger } from '../../kinds/triggers.ts';
import type { SafePlace } from './safeForm.ts';

/**
 * Do rows of a column's table, and of its partitions, get a new value without anything else? A trigger or a rule could change more than that, or
 * leave the row as it was, which the plan's own statement does not ask; rows may be hidden from who updates them.
 */
export const isQuiet = (column: Column, { from, to }: SafePlace): boolean =>
  tablesOf(to, column.id).every((table) => [from, to].every((side) => !isHeard(side, table)));

const tablesOf = (side: SchemaSnapshot, column: ObjectId): readonly ObjectId[] => [
  ...[side.objects.get(column)?.owner].filter((owner) => owner !== undefined),
  ...inheritorsIn(side)(column).flatMap((inheritor) => tablesOf(side, inheritor)),
];

const UPDATES = /\bUPDATE\b/i;

function isHeard(side: SchemaSnapshot, table: ObjectId): boolean {
  if ((side.objects.get(table) as Table | undefined)?.forceRowSecurity) return true;
  return ownedIn(side)(table)
    .map((id) => side.objects.get(id))
    .some((object) => (object?.kind === 'trigger' || object?.kind === 'rule') && UPDATES.test((object as Trigger | Rule).definition));
}
