import type { IgnoredDrift } from '../config/project.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import { type Ignored, ignoredAmong, withObjectsOf } from '../diff/ignored.ts';
import { keepOwners } from '../diff/keepOwners.ts';
import { liveView } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import type { ObjectId } from '../kinds/kind.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { statedOwners } from '../load/statedOwners.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { stateOf } from '../pipeline.ts';
import { describeChanges } from '../plan/describePlan.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { ChangeInfo, IgnoredDriftInfo } from '../protocol/methods.ts';
import { asPrintedByShadow } from './history.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** How the live database differs from what its applied migrations produce. */
export interface Drift {
  /** Without what the settings ignore. */
  readonly changes: readonly ChangeInfo[];
  readonly expected: SchemaSnapshot;
  readonly found: SchemaSnapshot;
  /** The statements that lead from the expected to the found state, but for what is ignored. */
  readonly sql: readonly string[];
  readonly ignored: readonly IgnoredDriftInfo[];
  readonly ignoredIds: ReadonlySet<ObjectId>;
  /** About entries of `ignoreDrift` that nothing matches. */
  readonly warnings: readonly string[];
}

/** Compares the live database with its own applied migrations. */
export async function driftOf(workspace: Workspace, target: Target, applied: readonly Migration[]): Promise<Drift> {
  const { schemas, ignoreDrift } = workspace.config;
  const { snapshot: history } = await stateOf(target, applied);
  const live = await target.observed.snapshot();
  const known = judged.get(history);
  if (known?.live === live && known.schemas === schemas && known.ignoreDrift === ignoreDrift) return known.drift;
  const view = liveView(schemas, history);
  const [expected, found] = [view(history), view(await asPrintedByShadow(target, live))];
  const kept = keepOwners(found, expected, { stating: 'reference', stated: () => ownersStatedBy(applied) });
  const drift = driftBetween(expected, kept, ignoreDrift);
  judged.set(history, { live, schemas, ignoreDrift, drift });
  return drift;
}

/** Another role than the one that connects now may have run migrations that name no owner: what they made is its, and no drift. */
const ownersStatedBy = (migrations: readonly Migration[]): ReadonlySet<string> =>
  statedOwners(migrations.flatMap(({ up }) => up.filter((step) => step.kind === 'sql')));

interface Judgement {
  readonly live: SchemaSnapshot;
  readonly schemas: readonly string[];
  readonly ignoreDrift: readonly IgnoredDrift[];
  readonly drift: Drift;
}

/** The last judgement on each state of history: it holds for as long as both sides, and what is asked of them, are the same. */
const judged = new WeakMap<SchemaSnapshot, Judgement>();

function driftBetween(expected: SchemaSnapshot, found: SchemaSnapshot, entries: readonly IgnoredDrift[]): Drift {
  const operations = diffSnapshots(expected, found);
  const ignored = ignoredAmong(operations, entries, { from: expected, to: found });
  const ignoredIds = new Set(ignored.map(({ operation }) => operation.id));
  const plan = operations.length === ignored.length ? null : makePlan(expected, withObjectsOf(found, expected, ignoredIds));
  return {
    changes: plan === null ? [] : describeChanges(plan),
    expected,
    found,
    sql: plan?.statements.map(({ sql }) => sql) ?? [],
    ignored: ignored.filter(({ operation }) => !goesAlong(operation, ignored)).map(describe),
    ignoredIds,
    warnings: entries.filter((entry) => !ignored.some((one) => one.entry === entry)).map(unusedWarning),
  };
}

const actionOf = ({ before, after }: Operation): ChangeInfo['action'] => (before === null ? 'create' : after === null ? 'drop' : 'alter');

const describe = ({ operation, entry }: Ignored): IgnoredDriftInfo => {
  const object = operation.after ?? operation.before;
  return { action: actionOf(operation), kind: object?.kind ?? '', name: object?.name ?? operation.id, hazards: [], ...entry };
};

/** A new table's columns are not news. */
const goesAlong = (operation: Operation, ignored: readonly Ignored[]): boolean =>
  actionOf(operation) !== 'alter' &&
  ignored.some(
    ({ operation: other }) => other.id === (operation.after ?? operation.before)?.owner && actionOf(other) === actionOf(operation),
  );

const unusedWarning = ({ object }: IgnoredDrift): string =>
  `the entry "${object}" of "ignoreDrift" matches nothing that has drifted: it can go`;

/** @throws DRIFT  with the ways out of it, for a command that was to make a migration with this message */
export function refuseDrift({ changes }: Drift, message: string): void {
  const [first] = changes;
  if (first === undefined) return;
  const objects = changes.map(({ action, kind, name }) => `${kind} ${name} (${DRIFTED[action]})`);
  throw fail('DRIFT', { objects, message, first: `${first.kind}:${first.name}` });
}

const DRIFTED: Readonly<Record<ChangeInfo['action'], string>> = {
  create: 'only in the database',
  drop: 'missing in the database',
  alter: 'different in the database',
  replace: 'different in the database',
  rename: 'renamed in the database',
};
