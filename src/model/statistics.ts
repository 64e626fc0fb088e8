import type { ColumnReference } from './column.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { type Sql, type SqlReference, TO_SQL, writeSql } from './sql.ts';

export interface StatisticsOptions {
  readonly on: SqlReference;
  readonly columns: readonly (ColumnReference<any> | Sql)[];
  readonly kinds?: readonly ('ndistinct' | 'dependencies' | 'mcv')[] | undefined;
}

/** Declares extended statistics over several columns of a table. */
export function statistics(name: Name, { on, columns, kinds }: StatisticsOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => {
    const list = kinds ? ` (${kinds.join(', ')})` : '';
    return [`CREATE STATISTICS ${reference()}${list} ON ${columns.map(writeSql).join(', ')} FROM ${on[TO_SQL]()}`];
  };
  return new Named({ kind: 'STATISTICS', path: dotted(full), reference, stage: STAGES.attached, create });
}
