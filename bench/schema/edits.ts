import { Random } from './random.ts';
import type { TableSpec } from './tables.ts';

/** One column added to one table, or removed from it. */
export interface Edit {
  readonly before: TableSpec;
  readonly after: TableSpec;
  /** What a suggestion must name: `public.users.notes`. */
  readonly object: string;
  readonly action: 'create' | 'drop';
}

/**
 * So many edits, adding and removing in turn, over tables in random order. No two lead to the same schema while there are columns
 * to remove, so that nothing which a tool keeps of an earlier edit answers a later one.
 */
export function describeEdits(
  tables: readonly TableSpec[],
  { count, seed }: { readonly count: number; readonly seed: number },
): readonly Edit[] {
  const random = new Random(seed);
  const order = random.shuffle(tables);
  const tableAt = (position: number): TableSpec => {
    const table = order[position % order.length];
    if (table === undefined) throw new RangeError('no tables to edit');
    return table;
  };
  const half = order.length >> 1;
  return Array.from({ length: count }, (_, index) => {
    const pair = index >> 1;
    if (index % 2 === 0) return addColumn(tableAt(pair), `added${index}`);
    return removeColumn(tableAt(pair + half), Math.floor(pair / order.length));
  });
}

function addColumn(before: TableSpec, name: string): Edit {
  const after = { ...before, columns: [...before.columns, { name, type: { kind: 'text' }, isNullable: true }] } as const;
  return { before, after, object: `public.${before.table}.${name}`, action: 'create' };
}

function removeColumn(before: TableSpec, round: number): Edit {
  const name = before.plain[round % before.plain.length];
  const after = { ...before, columns: before.columns.filter((column) => column.name !== name) };
  return { before, after, object: `public.${before.table}.${name}`, action: 'drop' };
}
