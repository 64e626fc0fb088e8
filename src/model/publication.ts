import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';
import { type SqlReference, TO_SQL } from './sql.ts';

export interface PublicationOptions {
  /** Declared tables, or `all`. */
  readonly tables: readonly SqlReference[] | 'all';
  readonly publish?: readonly ('insert' | 'update' | 'delete' | 'truncate')[] | undefined;
}

/** Declares a publication for logical replication. */
export function publication(name: string, { tables, publish }: PublicationOptions): Named {
  const reference = (): string => quoteIdentifier(name);
  const create = (): string[] => {
    const list =
      tables === 'all' ? ' FOR ALL TABLES' : tables.length > 0 ? ` FOR TABLE ${tables.map((one) => one[TO_SQL]()).join(', ')}` : '';
    return [`CREATE PUBLICATION ${reference()}${list}${publish ? ` WITH (publish = '${publish.join(', ')}')` : ''}`];
  };
  return new Named({ kind: 'PUBLICATION', path: name, reference, stage: STAGES.attached, create });
}
