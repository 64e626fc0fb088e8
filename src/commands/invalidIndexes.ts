import { type InvalidIndex, readInvalidIndexes } from '../introspect/invalidIndexes.ts';
import type { Target } from './target.ts';

/** The indexes in the managed schemas that a broken build has left, whoever began it. */
export async function invalidIndexesOf({ live }: Target, schemas: readonly string[]): Promise<readonly InvalidIndex[]> {
  const found = await live.session(readInvalidIndexes);
  return schemas.includes('*') ? found : found.filter(({ schema }) => schemas.includes(schema));
}

/** What an index that no query uses means, and the two ways out. */
export const invalidWarning = ({ name }: InvalidIndex): string =>
  `index ${name} is INVALID: a concurrent build that was broken off left it, writes keep it up, and no query uses it. ` +
  `Build it with REINDEX INDEX CONCURRENTLY ${name}, or remove it with DROP INDEX CONCURRENTLY ${name}`;

/** The statement that builds it in a transaction, where none can be built concurrently. */
export const rebuilt = ({ name }: InvalidIndex): string => `REINDEX INDEX ${name}`;
