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
 * Edits of a schema, its tables in random order. None is given twice while there are columns to remove, so that nothing which
 * a tool keeps of an earlier edit answers a later one.
 */
export class Edits {
  readonly #tables: readonly TableSpec[];
  #added = 0;
  #removed = 0;

  constructor(tables: readonly TableSpec[], seed: number) {
    this.#tables = new Random(seed).shuffle(tables);
    // Not the table that the last addition was made to.
    this.#removed = tables.length >> 1;
  }

  /** So many additions of a column. */
  additions(count: number): readonly Edit[] {
    return Array.from({ length: count }, () => this.#addition());
  }

  /** So many edits, adding and removing in turn. */
  alternating(count: number): readonly Edit[] {
    return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? this.#addition() : this.#removal()));
  }

  #addition(): Edit {
    const position = this.#added++;
    return addColumn(this.#tableAt(position), `added${position}`);
  }

  #removal(): Edit {
    const position = this.#removed++;
    return removeColumn(this.#tableAt(position), Math.floor(position / this.#tables.length));
  }

  #tableAt(position: number): TableSpec {
    const table = this.#tables[position % this.#tables.length];
    if (table === undefined) throw new RangeError('no tables to edit');
    return table;
  }
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
