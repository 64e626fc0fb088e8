import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import type { View } from '../diff/managed.ts';
import { findRenamables, type Renamable, renameBackStatements, renameStatements, withName } from '../diff/renamables.ts';
import { renameProposals } from '../diff/renameEvidence.ts';
import { type Edge, nextRenames, type RenameRequest, type RenameStep, rebased, stepsOf } from '../diff/renames.ts';
import { misfit } from '../diff/unknownNames.ts';
import { introspect, introspectRoots } from '../introspect/introspect.ts';
import { affectedRoots, ownRoot } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ChangeInfo } from '../protocol/methods.ts';
import { inDiscardedTransaction } from './rehearse.ts';

/** The renames that come before everything else in a plan, and what the head looks like behind them. */
export interface AppliedRenames {
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly changes: readonly ChangeInfo[];
  /** What was renamed and who said so, one sentence each, for the migration. */
  readonly reasons: readonly string[];
  readonly snapshot: SchemaSnapshot;
}

interface Wish {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
  readonly requests: readonly RenameRequest[];
  /** Whether what costs nothing is renamed without a request. */
  readonly free: boolean;
}

/** A new name that follows from renames may ask for others: the constraints of a renamed table. So many rounds at most. */
const ROUNDS = 4;

/**
 * Tries the renames in the shadow, so that everything that carries the name (views, constraints, defaults) is read back as PostgreSQL
 * itself changed it. Outer objects first: a column of a renamed table is asked for under the table's new name. Behind what was
 * requested comes what costs nothing.
 * @throws USAGE  for a flag that names nothing
 */
export async function applyRenames(database: ScratchDatabase, wish: Wish): Promise<AppliedRenames> {
  const { from, to, requests } = wish;
  const none: AppliedRenames = { up: [], down: [], changes: [], reasons: [], snapshot: from };
  if (nextRenames(requests, from, to).length === 0) {
    refuseLeft(requests, from, to);
    if (freeSteps(wish, from).length === 0) return none;
  }
  return inDiscardedTransaction(database, async (session) => applyFree(session, wish, await applyRequested(session, wish, none)));
}

async function applyRequested(session: ScratchSession, wish: Wish, none: AppliedRenames): Promise<AppliedRenames> {
  let applied = none;
  let left = wish.requests;
  for (;;) {
    const steps = nextRenames(left, applied.snapshot, wish.to);
    if (steps.length === 0) break;
    applied = await run(session, wish, { applied, steps });
    left = rebased(left, steps);
  }
  refuseLeft(left, applied.snapshot, wish.to);
  return applied;
}

/** A declared rename that was done already stays in the model; a flag is meant for now. */
function refuseLeft(left: readonly RenameRequest[], from: SchemaSnapshot, to: SchemaSnapshot): void {
  const stated = left.find(({ declaredFrom }) => declaredFrom === undefined);
  if (stated !== undefined) throw misfit(stated, from, to);
}

async function applyFree(session: ScratchSession, wish: Wish, start: AppliedRenames): Promise<AppliedRenames> {
  let applied = start;
  for (let round = 0; round < ROUNDS; round++) {
    const steps = freeSteps(wish, applied.snapshot);
    if (steps.length === 0) break;
    applied = await run(session, wish, { applied, steps });
  }
  return applied;
}

function freeSteps({ to, free }: Wish, from: SchemaSnapshot): readonly RenameStep[] {
  if (!free) return [];
  const edges = renameProposals(from, to).flatMap(({ before, candidates }) =>
    candidates
      .filter(({ isFree }) => isFree)
      .map(({ after }): Edge => ({ request: { text: 'nothing but its name differs', path: before.name, name: after.own }, before, after })),
  );
  return stepsOf(edges, from, to);
}

interface Progress {
  readonly applied: AppliedRenames;
  readonly steps: readonly RenameStep[];
}

async function run(session: ScratchSession, { view }: Wish, { applied, steps }: Progress): Promise<AppliedRenames> {
  let now = applied;
  for (const step of steps) {
    const before = presentOf(step.before, now.snapshot);
    const up = renameStatements(before, step.name);
    await session.script(up.join(';\n'));
    now = {
      up: [...now.up, ...up],
      down: [...renameBackStatements(before, step.name), ...now.down],
      changes: [...now.changes, ...changesOf(step)],
      reasons: [...now.reasons, ...reasonsOf(step)],
      snapshot: view(await readBack(session, now.snapshot, { before, name: step.name })),
    };
  }
  return now;
}

/** The same thing as it is by now, since other renames may have shown in it. */
const presentOf = (renamable: Renamable, snapshot: SchemaSnapshot): Renamable =>
  findRenamables(snapshot, renamable.name).find(({ kind, place }) => kind === renamable.kind && place === renamable.place) ?? renamable;

const changesOf = ({ edge }: RenameStep): readonly ChangeInfo[] =>
  edge === undefined
    ? []
    : [{ action: 'rename', kind: edge.before.kind, name: `${edge.before.name} to ${edge.after.own}`, hazards: ['RENAMES'] }];

const reasonsOf = ({ edge }: RenameStep): readonly string[] =>
  edge === undefined ? [] : [`${edge.before.kind} ${edge.before.name} was renamed to ${edge.after.own} (${edge.request.text})`];

/** A new name shows in the object and in everything that mentions it: views, constraints, defaults. */
function readBack(
  session: ScratchSession,
  snapshot: SchemaSnapshot,
  { before, name }: { readonly before: Renamable; readonly name: string },
): Promise<SchemaSnapshot> {
  const { object } = before;
  const affected = affectedRoots(snapshot, object.owner === undefined ? [object.id] : [object.id, object.owner]);
  const renamed = ownRoot(withName(before, name));
  if (affected === undefined) return introspect(session);
  return introspectRoots(session, snapshot, [...affected.values(), ...(renamed === undefined ? [] : [renamed])]);
}
