import { join } from 'node:path';
import type { Database } from '../database/session.ts';
import { locked, type RunOptions } from './apply.ts';
import type { Migration } from './migrationFile.ts';
import { runTransaction } from './transaction.ts';

/** Statements that are no migration, and leave no trace in the ledger. */
export interface Script {
  /** What messages call it. */
  readonly name: string;
  readonly statements: readonly string[];
  /** Asked where the answer to the COMMIT was lost: did it happen? */
  readonly isDone: () => Promise<boolean>;
}

/**
 * Runs statements in one transaction, under the lock of migrations and with their patience for locks.
 * @throws STATEMENT_FAILED
 * @throws LOCK_TIMEOUT
 */
export async function runScript(database: Database, script: Script, options: RunOptions): Promise<void> {
  const transaction = {
    migration: asMigration(script, options.root),
    direction: 'up',
    claim: async () => true,
    finish: async () => true,
    lookUp: async () => ((await script.isDone()) ? true : undefined),
  } as const;
  await locked(database, options, () => runTransaction(database, transaction, options));
}

function asMigration({ name, statements }: Script, root: string): Migration {
  return {
    id: name,
    file: join(root, name),
    parent: null,
    message: name,
    baseline: false,
    transaction: true,
    up: statements.map((sql) => ({ kind: 'sql', sql })),
    down: null,
    checksum: '',
    source: statements.join(';\n'),
  };
}
