import type { Migration } from '../../src/migration/migrationFile.ts';

/** A migration as it is once it was read: `sql` steps need no file. */
export function oneMigration(up: readonly string[], transaction = true): Migration {
  const source = up.join(';\n');
  const steps = up.map((sql) => ({ kind: 'sql', sql }) as const);
  return {
    id: '20260101000000_m',
    file: '/m.ts',
    parent: null,
    message: 'm',
    baseline: false,
    transaction,
    up: steps,
    down: null,
    checksum: source,
    source,
  };
}
