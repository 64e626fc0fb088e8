import { SqlError } from '../database/sqlError.ts';
import { readRawCatalog } from '../introspect/rawCatalog.ts';
import { roleStatement } from '../load/roleStatements.ts';
import type { Suggestion } from '../pipeline.ts';
import { findUnexplained, managedDifferences, unexplainedWarnings } from '../shadow/rawCheck.ts';
import type { State } from '../shadow/states.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

interface Proven {
  readonly head: State;
  readonly suggestion: Suggestion;
}

/**
 * Warnings of the second check: what a suggestion leaves different in the catalogs though every kind takes it for equal. The suggestion is
 * proven without it, so where a server's catalogs cannot be read like that, this is a warning too.
 */
export async function unexplained(workspace: Workspace, target: Target, { head, suggestion }: Proven): Promise<readonly string[]> {
  const state = await target.models.fresh(await workspace.models([]));
  const desired = state.database.session(readRawCatalog);
  const [up, down] = [suggestion.up, suggestion.down].map((statements) => statements.filter((sql) => roleStatement(sql) === undefined));
  const proven = { up: up ?? [], down: down ?? [], desired };
  try {
    const [differences] = await Promise.all([findUnexplained(head.database, proven), desired]);
    return unexplainedWarnings(managedDifferences(differences, workspace.config.schemas));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return [`the rows of the catalogs could not be compared: ${error.message}`];
  }
}
