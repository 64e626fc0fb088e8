import type { ScratchDatabase } from '../database/scratch.ts';
import type { SqlError } from '../database/sqlError.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { isAboutRoles, withoutRoles } from '../diff/roles.ts';
import { invertedMaps, type ValueMap } from '../diff/valueMaps.ts';
import { fail } from '../errors.ts';
import type { Column } from '../kinds/columns.ts';
import type { ObjectId, WrittenCast } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import { affectedRoots, type Root } from '../kinds/root.ts';
import { rootsShowing } from '../kinds/shownChanges.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { Action, Plan, PlanOptions } from '../plan/plan.ts';
import type { AppliedRenames } from './applyRenames.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';

/** Two plans that were run, one after the other, and did what they promise. */
export interface ProvenPlan {
  readonly up: Plan;
  readonly down: Plan;
}

interface Task {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
  /** Done before the plan; the plan starts where they end. */
  readonly renames?: AppliedRenames | undefined;
  readonly fill?: ReadonlyMap<string, string> | undefined;
  /** What rows get whose value goes from its type. */
  readonly mapped?: readonly ValueMap[] | undefined;
  /** Where the way down leads, where that is not where the way up began: some roles stay. They are proved apart, see `proveRoles`. */
  readonly back?: SchemaSnapshot | undefined;
}

const WRONG_TYPE = '42804';
const CANNOT_COERCE = ['42846', WRONG_TYPE];
const UNSAFE_NEW_ENUM_VALUE = '55P04';
/** A type that a table uses inside another type: a domain in an array, say. */
const CANNOT_ALTER_TYPE = '0A000';
/** Each try takes away one obstacle of one direction; a plan that needs more is not understood. */
const TRIES = 24;

/**
 * Plans up and down and runs both in the scratch database that stands at `from`. What the server refuses for a reason that a plan cannot
 * foresee (no such cast, an enum value used at once) is planned again around it.
 * @throws PLAN_NOT_PROVEN
 */
export async function provePlan(database: ScratchDatabase, task: Task): Promise<ProvenPlan> {
  const start = task.renames?.snapshot ?? task.from;
  let lessons: Lessons = {
    up: { fill: task.fill, mapped: task.mapped },
    down: { mapped: task.mapped && invertedMaps(task.mapped, start) },
  };
  for (let tries = 0; tries < TRIES; tries++) {
    const up = makePlan(start, task.to, lessons.up);
    const down = makePlan(task.to, task.back ?? start, lessons.down);
    const own = task.back === undefined ? (snapshot: SchemaSnapshot) => snapshot : withoutRoles;
    const roots = rootsTouched([task.from, own(start), own(task.to)], [up, down]);
    const [ups, downs] = [up, down].map(({ statements }) => statements.filter(({ object }) => !isAboutRoles(object)));
    const rehearsal = await rehearse(database, { ...task, to: own(task.to), roots, up: ups ?? [], down: downs ?? [] });
    if (rehearsal.outcome === 'reached') return { up, down };
    const learned = learn(lessons, rehearsal, { up, down });
    if (learned === undefined) throw notProven(rehearsal, task.fill);
    lessons = learned;
  }
  throw fail('PLAN_NOT_PROVEN', { direction: 'up', reason: `no plan held in ${TRIES} tries` });
}

/** Plans between two states what is thrown away: what is remembered of each then serves plans between others that are nearly the same. */
export function warmPlan(from: SchemaSnapshot, to: SchemaSnapshot): void {
  const plans = [makePlan(from, to), makePlan(to, from)];
  rootsTouched([from, from, to], plans);
}

/** Beyond this many roots the whole is read back sooner than its parts. */
const MANY_ROOTS = 200;

/**
 * Where the plans can leave a trace: at what they change, at all that depends on it before, between or afterwards, and where PostgreSQL prints
 * the columns of a table that gets others.
 * @returns undefined when only the whole will do
 */
function rootsTouched(snapshots: readonly SchemaSnapshot[], plans: readonly Plan[]): readonly Root[] | undefined {
  const steps = snapshots
    .slice(1)
    .flatMap((after, index) => [[snapshots[index] ?? after, after] as const, [after, snapshots[index] ?? after] as const]);
  const differing = steps.flatMap(([before, after]) => diffSnapshots(before, after).map(({ id }) => id));
  const ids = new Set([...differing, ...plans.flatMap(({ actions }) => [...actions.keys()])]);
  const affected = unionOf(snapshots.map((snapshot) => affectedRoots(snapshot, ids)));
  const showing = affected && unionOf(steps.map(([before, after]) => rootsShowing(before, after, [...affected.values()])));
  if (affected === undefined || showing === undefined) return undefined;
  const roots = new Map([...affected, ...showing]);
  return roots.size > MANY_ROOTS ? undefined : [...roots.values()];
}

/** Undefined as soon as one of them is. */
function unionOf(parts: readonly (ReadonlyMap<string, Root> | undefined)[]): ReadonlyMap<string, Root> | undefined {
  return parts.some((part) => part === undefined) ? undefined : new Map(parts.flatMap((part) => [...(part ?? [])]));
}

interface Lessons {
  readonly up: PlanOptions;
  readonly down: PlanOptions;
}

function learn(lessons: Lessons, rehearsal: Rehearsal, plans: ProvenPlan): Lessons | undefined {
  if (rehearsal.outcome === 'reached') return undefined;
  const { direction } = rehearsal;
  const known = lessons[direction];
  if (rehearsal.outcome === 'missed') {
    const ownNotNull = rehearsal.left.flatMap((left) => (staysRequired(left) && !known.ownNotNull?.has(left.id) ? [left.id] : []));
    if (ownNotNull.length > 0)
      return { ...lessons, [direction]: { ...known, ownNotNull: new Set([...(known.ownNotNull ?? []), ...ownNotNull]) } };
    const isAboutPrivileges = rehearsal.left.every(({ id }) => id.startsWith('privileges:'));
    if (!isAboutPrivileges || known.suspendDefaultPrivileges) return undefined;
    return { ...lessons, [direction]: { ...known, suspendDefaultPrivileges: true } };
  }
  const { statement, error } = rehearsal;
  if (error.sqlState === UNSAFE_NEW_ENUM_VALUE) {
    const enums = [...plans[direction].actions]
      .filter(([, action]) => action.type === 'alter' && action.after.kind === 'enum')
      .map(([id]) => id);
    return enums.length === 0 ? undefined : { ...lessons, [direction]: { ...known, swap: new Set([...(known.swap ?? []), ...enums]) } };
  }
  const { id } = statement.object;
  const isType = kindOf(statement.object).setAside !== undefined;
  if (error.sqlState === CANNOT_ALTER_TYPE && isType && !known.swap?.has(id))
    return { ...lessons, [direction]: { ...known, swap: new Set([...(known.swap ?? []), id]) } };
  if (error.sqlState === WRONG_TYPE && statement.object.kind === 'table' && !known.replace?.has(id))
    return { ...lessons, [direction]: { ...known, replace: new Set([...(known.replace ?? []), id]) } };
  const casts = CANNOT_COERCE.includes(error.sqlState) ? moreCasts(known, id, plans[direction]) : undefined;
  return casts && { ...lessons, [direction]: { ...known, casts } };
}

/** Has a column kept the NOT NULL that its parent has lost? */
const staysRequired = ({ before, after }: Operation): boolean =>
  before?.kind === 'column' && (before as Column).notNull && (after as Column | null)?.notNull === false;

/** What cannot be cast for one column cannot be for others of the same types. */
function moreCasts({ casts }: PlanOptions, refused: ObjectId, { actions }: Plan): PlanOptions['casts'] {
  const next = NEXT_CAST[casts?.get(refused) ?? 'none'];
  const types = typesOf(actions.get(refused));
  if (next === undefined || types === undefined) return undefined;
  const alike = [...actions].filter(([, action]) => typesOf(action) === types);
  return new Map([...(casts ?? []), ...alike.map(([id]) => [id, next] as const)]);
}

const NEXT_CAST: Readonly<Record<string, WrittenCast | undefined>> = { none: 'explicit', explicit: 'through text' };

/** The types that an altered column goes between; undefined for anything else. */
const typesOf = (action: Action | undefined): string | undefined =>
  action?.type === 'alter' && action.after.kind === 'column'
    ? JSON.stringify([action.before, action.after].map((column) => (column as Column).type))
    : undefined;

function notProven(rehearsal: Exclude<Rehearsal, { readonly outcome: 'reached' }>, fill: Task['fill']): Error {
  if (rehearsal.outcome === 'refused') {
    const { direction, statement, error } = rehearsal;
    const value = direction === 'up' ? fill?.get(statement.object.name) : undefined;
    if (value !== undefined) return refusedValue(statement.object.name, value, error);
    const reason = `${error.message}${error.detail === undefined ? '' : ` (${error.detail})`}, in: ${statement.sql}`;
    return fail('PLAN_NOT_PROVEN', { direction, reason, statement: statement.sql }, { cause: error });
  }
  const left = rehearsal.left
    .slice(0, 5)
    .map(({ before, after, id }) => `${after === null ? 'still there' : before === null ? 'missing' : 'different'}: ${id}`);
  return fail('PLAN_NOT_PROVEN', {
    direction: rehearsal.direction,
    reason: `it leaves ${rehearsal.left.length} differences: ${left.join(', ')}`,
  });
}

const refusedValue = (column: string, value: string, error: SqlError): Error =>
  fail(
    'USAGE',
    {
      problem: `PostgreSQL refuses the value of --default ${column}=${value}: ${error.message}`,
      help: 'Nothing was written or changed. It may be made of other columns of the row, by the names that they have after renames.',
    },
    { cause: error },
  );
