import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import type { View } from '../diff/managed.ts';
import { renameBackStatements, renameStatements, withName } from '../diff/renamables.ts';
import { renameProposals } from '../diff/renameEvidence.ts';
import { type Edge, nextRenames, type RenameRequest, type RenameStep, rebased, stepsOf } from '../diff/renames.ts';
import { misfit } from '../diff/unknownNames.ts';
import { introspect, introspectRoots } from '../introspect/introspect.ts';
import { idOf } from '../kinds/identifier.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
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
      .map(
        ({ after }): Edge => ({
          request: {
            text: `nothing but its ${before.place === after.place ? 'name' : 'schema'} differs`,
            path: before.name,
            name: after.name,
          },
          before,
          after,
        }),
      ),
  );
  return stepsOf(edges, from, to);
}

interface Progress {
  readonly applied: AppliedRenames;
  readonly steps: readonly RenameStep[];
}

/** None of the steps lies in what another one renames, so that all of them can be run before anything is read back. */
async function run(session: ScratchSession, { to, view }: Wish, { applied, steps }: Progress): Promise<AppliedRenames> {
  const schemas = newSchemas(steps, applied.snapshot, to);
  const up = [...schemas.flatMap(createStatements), ...steps.flatMap((step) => renameStatements(step.before, step))];
  await session.script(up.join(';\n'));
  const back = steps.toReversed().flatMap((step) => renameBackStatements(step.before, step));
  return {
    up: [...applied.up, ...up],
    down: [...back, ...schemas.toReversed().flatMap(dropStatements), ...applied.down],
    changes: [...applied.changes, ...schemas.map(schemaChange), ...steps.flatMap(changesOf)],
    reasons: [...applied.reasons, ...steps.flatMap(reasonsOf)],
    snapshot: view(schemas.length > 0 ? await introspect(session) : await readBack(session, applied.snapshot, steps)),
  };
}

/** The schemas that something moves to before the plan makes anything. */
const newSchemas = (steps: readonly RenameStep[], from: SchemaSnapshot, to: SchemaSnapshot): readonly SchemaObject[] =>
  [...new Set(steps.flatMap(({ schema }) => (schema === undefined ? [] : [idOf('schema', schema)])))].flatMap((id) =>
    from.objects.has(id) ? [] : (to.objects.get(id) ?? []),
  );

const createStatements = (schema: SchemaObject): readonly string[] => [`CREATE ${kindOf(schema).reference(schema)}`];
const dropStatements = (schema: SchemaObject): readonly string[] => [`DROP ${kindOf(schema).reference(schema)}`];
const schemaChange = ({ kind, name }: SchemaObject): ChangeInfo => ({ action: 'create', kind, name, hazards: [] });

/** The new name alone, and whole where the schema is new too. */
const newName = ({ before, after }: Edge): string => (before.place === after.place ? after.own : after.name);

const changesOf = ({ edge }: RenameStep): readonly ChangeInfo[] =>
  edge === undefined
    ? []
    : [{ action: 'rename', kind: edge.before.kind, name: `${edge.before.name} to ${newName(edge)}`, hazards: ['RENAMES'] }];

const reasonsOf = ({ edge }: RenameStep): readonly string[] =>
  edge === undefined ? [] : [`${edge.before.kind} ${edge.before.name} was renamed to ${newName(edge)} (${edge.request.text})`];

/** A new name shows in the object, in its owner and in everything that mentions them: views, constraints, defaults. */
function readBack(session: ScratchSession, snapshot: SchemaSnapshot, steps: readonly RenameStep[]): Promise<SchemaSnapshot> {
  const ids = steps.flatMap(({ before: { object } }) => (object.owner === undefined ? [object.id] : [object.id, object.owner]));
  const affected = affectedRoots(snapshot, ids);
  if (affected === undefined) return introspect(session);
  const renamed = steps.flatMap((step) => ownRoot(withName(step.before, step)) ?? []);
  return introspectRoots(session, snapshot, [...affected.values(), ...renamed]);
}
