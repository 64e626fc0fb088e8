import { idOf } from './identifier.ts';
import type { ObjectId } from './kind.ts';

/** The kind of a relation by its `pg_class.relkind`. */
const RELATIONS: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'table',
  f: 'foreign table',
  v: 'view',
  m: 'materialized view',
  S: 'sequence',
  c: 'composite type',
};

/** The id of a relation, for what is owned by one. */
export const relationId = (relkind: string, schema: string, relation: string): ObjectId =>
  idOf(RELATIONS[relkind] ?? 'table', schema, relation);

/** How ALTER … ENABLE is said of a trigger or a rule, by the letter in the catalog. */
export const FIRING: Readonly<Record<string, string>> = { O: 'ENABLE', D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };
