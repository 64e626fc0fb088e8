import { quoteLiteral } from '../database/quote.ts';

/** Storage parameters as WITH (…) takes them. */
export type StorageParameters = Readonly<Record<string, string | number | boolean>>;

/** The parameters, comma-separated; their names are PostgreSQL's own and may have a dot (`toast.autovacuum_enabled`). */
export const writeStorage = (storage: StorageParameters): string =>
  Object.entries(storage)
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? quoteLiteral(value) : value}`)
    .join(', ');
