import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import { holdersOf } from '../diff/valueHolders.ts';
import type { ValueMap } from '../diff/valueMaps.ts';
import type { AlterContext, ObjectId, SchemaObject, Statement, ValueChange } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { alterationOf, type Change, decideActions } from './decideActions.ts';
import { holderOf } from './folding.ts';
import { orderSteps } from './orderSteps.ts';
import { beforeOf, type Plan, type PlannedStatement, type PlanOptions } from './plan.ts';
import type { Step, StepGroup } from './step.ts';

/**
 * Plans the way from one snapshot to another; the way back is the same call with the two swapped.
 * Pure: what a plan cannot know (casts that do not exist, rows) comes in through the options.
 */
export function makePlan(from: SchemaSnapshot, to: SchemaSnapshot, options: PlanOptions = {}): Plan {
  const operations = diffSnapshots(from, to);
  const context = contextOf({ from, to }, options);
  const { actions, groups } = arrange(operations, { from, to, context, options });
  const statements = groups.flatMap((group) => statementsOf(group, { from, to }, context));
  return { statements, actions, operations, transactional: statements.every((statement) => statement.transactional !== false) };
}

/** Decides what to do and in which order; what has none is decided again. */
function arrange(operations: readonly Operation[], change: Change) {
  const replace = new Set<ObjectId>(change.options.replace);
  for (;;) {
    const actions = decideActions(operations, { ...change, options: { ...change.options, replace } });
    const { groups, inTheWay } = orderSteps(actions, change, change.options);
    const others = inTheWay.filter((id) => !replace.has(id));
    if (others.length === 0) return { actions, groups };
    for (const id of others) replace.add(id);
  }
}

interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

function contextOf({ from, to }: Sides, options: PlanOptions): AlterContext {
  return {
    before: (id) => from.objects.get(id),
    after: (id) => to.objects.get(id),
    dependents: (id) => dependentsIn(from)(id).flatMap((dependent) => to.objects.get(dependent) ?? []),
    majorVersion: to.majorVersion,
    madeUpName: { before: (id) => from.notes.get(id)?.madeUpName, after: (id) => to.notes.get(id)?.madeUpName },
    casts: options.casts,
    fill: options.fill,
    mapped: options.mapped && mappedColumns(options.mapped, from),
  };
}

/** What becomes of the values of each column. */
function mappedColumns(maps: readonly ValueMap[], from: SchemaSnapshot): ReadonlyMap<ObjectId, ValueChange> {
  const byType = Map.groupBy(maps, ({ type }) => type);
  return new Map(
    [...byType].flatMap(([type, values]) => holdersOf(from, type).map(({ column, isList }) => [column.id, { isList, values }] as const)),
  );
}

const planned = (object: SchemaObject, statements: readonly (string | Statement)[]): PlannedStatement[] =>
  statements.map((statement) => (typeof statement === 'string' ? { sql: statement, object } : { ...statement, object }));

function statementsOf(group: StepGroup, { from, to }: Sides, context: AlterContext): readonly PlannedStatement[] {
  const { step } = group;
  const kind = kindOf(step.object);
  if (step.type === 'create') return createStatements(group, to, context);
  if (step.type === 'leave') return planned(step.object, kind.leave?.(beforeOf(step.action), step.object) ?? []);
  if (step.action.type === 'alter') return planned(step.object, alterationOf(step.action, context).statements);
  const aside = step.action.type === 'swap' ? kind.setAside?.(step.object) : undefined;
  if (aside !== undefined) return planned(step.object, step.type === 'drop' ? aside.rename : aside.drop);
  const only = 'only' in step.action && step.action.only;
  return planned(step.object, kind.drop(step.object, { only, leaves: from.notes.get(step.id)?.leaves }));
}

function createStatements({ step, folded }: StepGroup, to: SchemaSnapshot, context: AlterContext): readonly PlannedStatement[] {
  const inline = (owner: Step): readonly string[] =>
    partsOf(owner, folded, to).flatMap((part) => kindOf(part.object).inline?.(part.object, { ...context, inlined: inline(part) }) ?? []);
  return [
    ...planned(step.object, kindOf(step.object).create(step.object, { ...context, inlined: inline(step) })),
    ...folded.flatMap((part) => planned(part.object, kindOf(part.object).afterInline?.(part.object) ?? [])),
  ];
}

/** What is folded directly into a step, as a person would list it: by kind, by place, by name. */
function partsOf(owner: Step, folded: readonly Step[], to: SchemaSnapshot): readonly Step[] {
  const place = ({ id, object }: Step): readonly [number, number, string] => [kindOf(object).order, to.notes.get(id)?.position ?? 0, id];
  return folded
    .filter((part) => holderOf(part.object, to) === owner.id)
    .toSorted((first, second) => comparePlaces(place(first), place(second)));
}

function comparePlaces(first: readonly [number, number, string], second: readonly [number, number, string]): number {
  return first[0] - second[0] || first[1] - second[1] || (first[2] < second[2] ? -1 : 1);
}
