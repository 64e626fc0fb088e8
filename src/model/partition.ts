import { STAGES } from './declaration.ts';
import type { Extra } from './extra.ts';
import type { IndexItem } from './indexes.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { type Sql, type SqlReference, TO_SQL, writeSql } from './sql.ts';

/** Makes a table a partitioned one: `partitionBy('range', post.createdAt)`. */
export function partitionBy(strategy: 'range' | 'list' | 'hash', ...items: readonly IndexItem[]): Extra {
  return {
    statementsFor: () => [],
    tableClause: () => ({ suffix: ` PARTITION BY ${strategy.toUpperCase()} (${items.map(writeSql).join(', ')})` }),
  };
}

export interface PartitionOptions {
  /** The partitioned table. */
  readonly of: SqlReference;
  /** The bounds: sql`FROM ('2026-01-01') TO ('2027-01-01')`, sql`IN ('a')`; `default` takes every other row. */
  readonly values: Sql | 'default';
  /** Makes the partition itself a partitioned table. */
  readonly partitionBy?: Extra | undefined;
}

/** Declares a partition of a partitioned table. */
export function partition(name: Name, { of, values, partitionBy: next }: PartitionOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => {
    const bounds = values === 'default' ? 'DEFAULT' : `FOR VALUES ${writeSql(values)}`;
    return [`CREATE TABLE ${reference()} PARTITION OF ${of[TO_SQL]()} ${bounds}${next?.tableClause?.().suffix ?? ''}`];
  };
  return new Named({ kind: 'TABLE', path: dotted(full), reference, stage: STAGES.constraint, create });
}
