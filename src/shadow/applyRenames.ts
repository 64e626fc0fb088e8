import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import type { View } from '../diff/managed.ts';
import { pendingRenames, type Rename, type RenameRequest } from '../diff/renames.ts';
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
  readonly snapshot: SchemaSnapshot;
}

interface Wish {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
  readonly requests: readonly RenameRequest[];
}

/**
 * Tries the renames in the shadow, so that everything that carries the name (views, constraints, defaults) is read back as PostgreSQL
 * itself changed it. Outer objects first: a column of a renamed table is asked for under the table's new name.
 */
export async function applyRenames(database: ScratchDatabase, { from, to, view, requests }: Wish): Promise<AppliedRenames> {
  const sorted = requests.toSorted((one, other) => one.path.split('.').length - other.path.split('.').length);
  const none: AppliedRenames = { up: [], down: [], changes: [], snapshot: from };
  if (sorted.length === 0) return none;
  return inDiscardedTransaction(database, async (session) => {
    let applied = none;
    for (const request of sorted) {
      for (const rename of pendingRenames([request], applied.snapshot, to)) {
        await session.script(rename.up.join(';\n'));
        applied = {
          up: [...applied.up, ...rename.up],
          down: [...rename.down, ...applied.down],
          changes: [...applied.changes, rename.change],
          snapshot: view(await readBack(session, applied.snapshot, rename)),
        };
      }
    }
    return applied;
  });
}

/** A new name shows in the object and in everything that mentions it: views, constraints, defaults. */
function readBack(session: ScratchSession, snapshot: SchemaSnapshot, { before, after }: Rename): Promise<SchemaSnapshot> {
  const affected = affectedRoots(snapshot, [before.id]);
  const renamed = ownRoot(after);
  if (affected === undefined) return introspect(session);
  return introspectRoots(session, snapshot, [...affected.values(), ...(renamed === undefined ? [] : [renamed])]);
}
