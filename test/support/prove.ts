import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { type ProvenPlan, provePlan } from '../../src/shadow/provePlan.ts';
import { findUnexplained, type Unexplained } from '../../src/shadow/rawCheck.ts';

/** A state as it is and as it looks. */
export interface Standing {
  readonly database: ScratchDatabase;
  readonly snapshot: SchemaSnapshot;
}

const textsOf = (plan: ProvenPlan['up']): readonly string[] => plan.statements.map(({ sql }) => sql);

/** Proves the way from one state to another and back, by every kind, and then by the rows of the catalogs. */
export async function prove(before: Standing, after: Standing): Promise<ProvenPlan & { readonly unexplained: readonly Unexplained[] }> {
  const proven = await provePlan(before.database, { from: before.snapshot, to: after.snapshot, view: (snapshot) => snapshot });
  const desired = await after.database.session(readRawCatalog);
  const unexplained = await findUnexplained(before.database, { up: textsOf(proven.up), down: textsOf(proven.down), desired });
  return { ...proven, unexplained };
}
