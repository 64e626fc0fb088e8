import type { IgnoredDrift } from '../config/project.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import { type Ignored, ignoredAmong, withObjectsOf } from '../diff/ignored.ts';
import { keepOwners } from '../diff/keepOwners.ts';
import { liveView } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import type { InvalidIndex } from '../introspect/invalidIndexes.ts';
import type { ObjectId } from '../kinds/kind.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { statedOwners } from '../load/statedOwners.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { stateOf } from '../pipeline.ts';
import { describeChanges } from '../plan/describePlan.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { ChangeInfo, IgnoredDriftInfo } from '../protocol/methods.ts';
import { asPrintedByShadow } from './history.ts';
import { invalidComment, invalidIndexesOf, invalidWarning } from './invalidIndexes.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** How the live database differs from what its applied migrations produce. */
export interface Drift {
  /** Without what the settings ignore. */
  readonly changes: readonly ChangeInfo[];
  readonly expected: SchemaSnapshot;
  readonly found: SchemaSnapshot;
  /** The statements that lead from the expected to the found state, but for what is ignored; a comment where none does. */
  readonly sql: readonly string[];
  readonly ignored: readonly IgnoredDriftInfo[];
  readonly ignoredIds: ReadonlySet<ObjectId>;
  /** Of the changes, the indexes that are as they should be, but for that a broken build left them unusable. */
  readonly invalid: readonly InvalidIndex[];
  /** About entries of `ignoreDrift` that nothing matches, and about unusable indexes. */
  readonly warnings: readonly string[];
}

/** Compares the live database with its own applied migrations. */
export async function driftOf(workspace: Workspace, target: Target, applied: readonly Migration[]): Promise<Drift> {
  const { schemas, ignoreDrift } = workspace.config;
  const { snapshot: history } = await stateOf(target, applied);
  const live = await target.observed.snapshot();
  const invalid = await invalidIndexesOf(target, schemas);
  const premises = { live, schemas, ignoreDrift, invalid };
  const known = judged.get(history);
  if (known !== undefined && holds(known, premises)) return known.drift;
  const view = liveView(schemas, history);
  const [expected, found] = [view(history), view(await asPrintedByShadow(target, live))];
  const kept = keepOwners(found, expected, { stating: 'reference', stated: () => ownersStatedBy(applied) });
  const drift = driftBetween({ expected, found: kept, invalid }, ignoreDrift);
  judged.set(history, { ...premises, drift });
  return drift;
}

/** Another role than the one that connects now may have run migrations that name no owner: what they made is its, and no drift. */
const ownersStatedBy = (migrations: readonly Migration[]): ReadonlySet<string> =>
  statedOwners(migrations.flatMap(({ up }) => up.filter((step) => step.kind === 'sql')));

interface Judgement {
  readonly live: SchemaSnapshot;
  readonly schemas: readonly string[];
  readonly ignoreDrift: readonly IgnoredDrift[];
  readonly invalid: readonly InvalidIndex[];
  readonly drift: Drift;
}

const holds = (known: Judgement, { live, schemas, ignoreDrift, invalid }: Omit<Judgement, 'drift'>): boolean =>
  known.live === live &&
  known.schemas === schemas &&
  known.ignoreDrift === ignoreDrift &&
  known.invalid.map(({ id }) => id).join() === invalid.map(({ id }) => id).join();

/** The last judgement on each state of history: it holds for as long as both sides, and what is asked of them, are the same. */
const judged = new WeakMap<SchemaSnapshot, Judgement>();

interface Sides {
  readonly expected: SchemaSnapshot;
  readonly found: SchemaSnapshot;
  readonly invalid: readonly InvalidIndex[];
}

function driftBetween({ expected, found, invalid }: Sides, entries: readonly IgnoredDrift[]): Drift {
  const operations = diffSnapshots(expected, found);
  const unusable = unusableIndexes({ expected, found, invalid }, operations);
  const ignored = ignoredAmong([...operations, ...unusable], entries, { from: expected, to: found });
  const ignoredIds = new Set(ignored.map(({ operation }) => operation.id));
  const isLeft = ({ id }: { readonly id: ObjectId }): boolean => !ignoredIds.has(id);
  const plan = operations.some(isLeft) ? makePlan(expected, withObjectsOf(found, expected, ignoredIds)) : null;
  const left = invalid.filter(({ id }) => unusable.some((one) => one.id === id && isLeft(one)));
  return {
    changes: [...(plan === null ? [] : describeChanges(plan)), ...unusable.filter(isLeft).map(changeOf)],
    expected,
    found,
    sql: [...(plan?.statements.map(({ sql }) => sql) ?? []), ...left.map(invalidComment)],
    ignored: ignored.filter(({ operation }) => !goesAlong(operation, ignored)).map(describe),
    ignoredIds,
    invalid: left,
    warnings: [
      ...entries.filter((entry) => !ignored.some((one) => one.entry === entry)).map(unusedWarning),
      ...invalid.filter((one) => isLeft(one) && found.objects.has(one.id)).map(invalidWarning),
    ],
  };
}

/** Indexes of which only a broken build is wrong: to a snapshot they are what they should be. */
const unusableIndexes = ({ expected, found, invalid }: Sides, operations: readonly Operation[]): readonly Operation[] =>
  invalid.flatMap(({ id }) => {
    const [before, after] = [expected.objects.get(id), found.objects.get(id)];
    return before === undefined || after === undefined || operations.some((one) => one.id === id) ? [] : [{ id, before, after }];
  });

const actionOf = ({ before, after }: Operation): ChangeInfo['action'] => (before === null ? 'create' : after === null ? 'drop' : 'alter');

function changeOf(operation: Operation): ChangeInfo {
  const object = operation.after ?? operation.before;
  return { action: actionOf(operation), kind: object?.kind ?? '', name: object?.name ?? operation.id, hazards: [] };
}

const describe = ({ operation, entry }: Ignored): IgnoredDriftInfo => ({ ...changeOf(operation), ...entry });

/** A new table's columns are not news. */
const goesAlong = (operation: Operation, ignored: readonly Ignored[]): boolean =>
  actionOf(operation) !== 'alter' &&
  ignored.some(
    ({ operation: other }) => other.id === (operation.after ?? operation.before)?.owner && actionOf(other) === actionOf(operation),
  );

const unusedWarning = ({ object }: IgnoredDrift): string =>
  `the entry "${object}" of "ignoreDrift" matches nothing that has drifted: it can go`;

/** @throws DRIFT  with the ways out of it, for a command that was to make a migration with this message */
export function refuseDrift({ changes, invalid, found }: Drift, message: string): void {
  const [first] = changes;
  if (first === undefined) return;
  const unusable = new Set(invalid.map(({ id }) => found.objects.get(id)?.name));
  const wayOf = ({ action, kind, name }: ChangeInfo): string => (kind === 'index' && unusable.has(name) ? UNUSABLE : DRIFTED[action]);
  const objects = changes.map((change) => `${change.kind} ${change.name} (${wayOf(change)})`);
  throw fail('DRIFT', { objects, message, first: `${first.kind}:${first.name}` });
}

const UNUSABLE = 'INVALID in the database: a build was broken off';

const DRIFTED: Readonly<Record<ChangeInfo['action'], string>> = {
  create: 'only in the database',
  drop: 'missing in the database',
  alter: 'different in the database',
  replace: 'different in the database',
  rename: 'renamed in the database',
};
