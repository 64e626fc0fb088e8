import type { Operation } from '../diff/diffSnapshots.ts';
import type { ValueMap } from '../diff/valueMaps.ts';
import type { ObjectId, SchemaObject, Statement, WrittenCast } from '../kinds/kind.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** What happens to one object on the way from one snapshot to another. */
export type Action =
  | { readonly type: 'create'; readonly after: SchemaObject }
  | { readonly type: 'drop'; readonly before: SchemaObject; readonly only?: boolean }
  /** `only`: child tables keep what they have of it. */
  | { readonly type: 'replace'; readonly before: SchemaObject; readonly after: SchemaObject; readonly only?: boolean }
  /** A type made anew under the columns that use it. */
  | { readonly type: 'swap'; readonly before: SchemaObject; readonly after: SchemaObject }
  /** `recast`: the column's type was swapped, its values must be cast to the new one. */
  | { readonly type: 'alter'; readonly before: SchemaObject; readonly after: SchemaObject; readonly recast: boolean };

/** What the shadow found out, or a person answered, before planning again. */
export interface PlanOptions {
  /** Columns whose change of type needs a cast that is written out. */
  readonly casts?: ReadonlyMap<ObjectId, WrittenCast> | undefined;
  /** Types that must be swapped although they could be altered, because the plan uses a new enum value at once. */
  readonly swap?: ReadonlySet<ObjectId> | undefined;
  /**
   * What is made anew although it could be altered: because PostgreSQL refused to, a table whose columns are not those of its type, or because
   * there is no order in which it works.
   */
  readonly replace?: ReadonlySet<ObjectId> | undefined;
  /** Columns of partitions and child tables whose NOT NULL is their own besides, so that it stays when the parent's goes (from PostgreSQL 18 on). */
  readonly ownNotNull?: ReadonlySet<ObjectId> | undefined;
  /** Default privileges stand aside while the plan runs, because they would grant on new objects what is not wanted there. */
  readonly suspendDefaultPrivileges?: boolean | undefined;
  /** What rows with a value get that goes from its type. */
  readonly mapped?: readonly ValueMap[] | undefined;
  /** Expressions that fill new required columns of tables with rows, by the column's dotted name. */
  readonly fill?: ReadonlyMap<string, string> | undefined;
}

/** A statement of a plan and the object that it is for. */
export interface PlannedStatement extends Statement {
  readonly object: SchemaObject;
}

/** How to get from one snapshot to another. */
export interface Plan {
  readonly statements: readonly PlannedStatement[];
  readonly actions: ReadonlyMap<ObjectId, Action>;
  readonly operations: readonly Operation[];
  /** False when a statement refuses to run inside a transaction block. */
  readonly transactional: boolean;
}

/** The side of an action that is there before, or after; undefined where it has none. */
export const beforeOf = (action: Action): SchemaObject | undefined => ('before' in action ? action.before : undefined);
export const afterOf = (action: Action): SchemaObject | undefined => ('after' in action ? action.after : undefined);

/** Does the action take the object away, be it for a moment? */
export const removes = (action: Action | undefined): boolean => action?.type === 'drop' || action?.type === 'replace';

/** The object that this one makes way with while its successor is made: the base type, for its functions; else it itself. */
export function makesWayWith(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, { notes }: Pick<SchemaSnapshot, 'notes'>): ObjectId {
  const whole = notes.get(id)?.droppedWith;
  return whole !== undefined && actions.get(whole)?.type === 'swap' ? whole : id;
}

/** The id under which a table is a partition, if it is one. */
export const partitionOf = (table: ObjectId): ObjectId => table.replace(/^[^:]*/, 'partition') as ObjectId;
