import type { Config } from '../config/project.ts';
import { ignoredAmong } from '../diff/ignored.ts';
import { type InvalidIndex, readInvalidIndexes } from '../introspect/invalidIndexes.ts';
import type { Target } from './target.ts';

/** The indexes in the managed schemas that a broken build has left, whoever began it. */
export async function invalidIndexesOf({ live }: Target, schemas: readonly string[]): Promise<readonly InvalidIndex[]> {
  const found = await live.session(readInvalidIndexes);
  return schemas.includes('*') ? found : found.filter(({ schema }) => schemas.includes(schema));
}

/** What is to be said of them, but for those that the settings let stand. */
export async function invalidWarnings(target: Target, { schemas, ignoreDrift }: Config): Promise<readonly string[]> {
  const invalid = await invalidIndexesOf(target, schemas);
  if (invalid.length === 0) return [];
  const live = await target.observed.snapshot();
  const found = invalid.map(({ id }) => ({ id, before: null, after: live.objects.get(id) ?? null }));
  const ignored = new Set(ignoredAmong(found, ignoreDrift, { from: live, to: live }).map(({ operation }) => operation.id));
  return invalid.filter(({ id }) => !ignored.has(id)).map(invalidWarning);
}

/** What an index that no query uses means, and the two ways out. */
export const invalidWarning = ({ name }: InvalidIndex): string =>
  `index ${name} is INVALID: a concurrent build that was broken off left it, writes keep it up, and no query uses it. ` +
  `Build it with REINDEX INDEX CONCURRENTLY ${name}, or remove it with DROP INDEX CONCURRENTLY ${name}`;

/** In place of a statement, as there is none that would make an index so. */
export const invalidComment = ({ name }: InvalidIndex): string =>
  `-- index ${name.replace(/[\r\n]+/g, ' ')} is there and INVALID: a build was broken off, and no statement does that`;

/** The statement that builds it in a transaction, where none can be built concurrently. */
export const rebuilt = ({ name }: InvalidIndex): string => `REINDEX INDEX ${name}`;
