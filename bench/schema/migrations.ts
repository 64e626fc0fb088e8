import { renderMigration } from '../../src/migration/renderMigration.ts';
import { createEnums, createTable } from './sqlTables.ts';
import type { TableSpec } from './tables.ts';

/** One migration of a history: a file of a project, and its statements. */
export interface TableMigration {
  readonly file: string;
  readonly text: string;
  readonly statements: readonly string[];
}

const FIRST = Date.UTC(2026, 0, 1);

/** A history that creates one table in each migration; the first also creates the enums. */
export function tableMigrations(tables: readonly TableSpec[]): readonly TableMigration[] {
  const ids = tables.map(({ table }, index) => `${timestamp(index)}_create_${table}`);
  return tables.map((table, index) => {
    const statements = [...(index === 0 ? createEnums() : []), ...createTable(table)];
    const message = `create ${table.table.replaceAll('_', ' ')}`;
    const text = renderMigration({ message, parent: ids[index - 1] ?? null, up: statements, down: [`DROP TABLE ${table.table}`] });
    return { file: `migrations/${ids[index]}.ts`, text, statements };
  });
}

const timestamp = (seconds: number): string => new Date(FIRST + seconds * 1_000).toISOString().replaceAll(/\D/g, '').slice(0, 14);
