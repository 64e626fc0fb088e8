import { isManaged, type ManagedRoles, roleStatement } from '../load/roleStatements.ts';
import type { Migration } from './migrationFile.ts';
import { actionsOf } from './steps.ts';

const known = new WeakMap<Migration, readonly string[]>();

/** What the migrations' up sides say of managed roles, in their order; what their functions do with roles is not seen. */
export function roleHistory(migrations: readonly Migration[], managed: ManagedRoles): readonly string[] {
  if (managed === false) return [];
  return migrations.flatMap(statementsOf).filter((sql) => isManaged(roleStatement(sql)?.roles ?? [], managed));
}

function statementsOf(migration: Migration): readonly string[] {
  const statements =
    known.get(migration) ??
    actionsOf(migration, 'up').flatMap(({ run }) => (run.kind === 'sql' && roleStatement(run.sql) !== undefined ? [run.sql] : []));
  known.set(migration, statements);
  return statements;
}
