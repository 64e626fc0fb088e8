import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';

/** Declares a schema; names of objects in it are given as `{ schema, name }`. */
export function schema(name: string): Named {
  const reference = (): string => quoteIdentifier(name);
  return new Named({ kind: 'SCHEMA', path: name, reference, stage: STAGES.schema, create: () => [`CREATE SCHEMA ${reference()}`] });
}
