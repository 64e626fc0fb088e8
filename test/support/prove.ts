import type { ScratchDatabase } from '../../src/database/scratch.ts';
import type { RenameRequest } from '../../src/diff/renames.ts';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { type AppliedRenames, applyRenames } from '../../src/shadow/applyRenames.ts';
import { type ProvenPlan, provePlan } from '../../src/shadow/provePlan.ts';
import { findUnexplained, type Unexplained } from '../../src/shadow/rawCheck.ts';

/** A state as it is and as it looks. */
export interface Standing {
  readonly database: ScratchDatabase;
  readonly snapshot: SchemaSnapshot;
  /** The renames that the models of this state declare. */
  readonly renames?: readonly RenameRequest[];
}

/** A proven plan, and the statements of each way, the renames included. */
export interface Way extends ProvenPlan {
  readonly renamed: AppliedRenames['changes'];
  readonly texts: { readonly up: readonly string[]; readonly down: readonly string[] };
}

const view = (snapshot: SchemaSnapshot): SchemaSnapshot => snapshot;
const textsOf = (plan: ProvenPlan['up']): readonly string[] => plan.statements.map(({ sql }) => sql);

/** Proves the way from one state to another and back, by every kind; behind the renames that the other state declares, and what follows from them. */
export async function findWay(before: Standing, after: Standing): Promise<Way> {
  const requests = after.renames ?? [];
  const [from, to] = [before.snapshot, after.snapshot];
  const renames = await applyRenames(before.database, { from, to, view, requests, free: requests.length > 0 });
  const proven = await provePlan(before.database, { from, to, view, renames });
  const texts = { up: [...renames.up, ...textsOf(proven.up)], down: [...textsOf(proven.down), ...renames.down] };
  return { ...proven, renamed: renames.changes, texts };
}

/** The same, and then by the rows of the catalogs. */
export async function prove(before: Standing, after: Standing): Promise<Way & { readonly unexplained: readonly Unexplained[] }> {
  const way = await findWay(before, after);
  const desired = await after.database.session(readRawCatalog);
  return { ...way, unexplained: await findUnexplained(before.database, { ...way.texts, desired }) };
}
