import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import type { Extra } from './extra.ts';
import { writeName } from './name.ts';
import { callerPlace } from './place.ts';
import { writeRole } from './role.ts';
import { type SqlReference, TO_SQL } from './sql.ts';
import { type StorageParameters, writeStorage } from './storage.ts';

const clause = (part: { readonly prefix?: string; readonly suffix?: string }): Extra => ({
  statementsFor: () => [],
  tableClause: () => part,
});

/** Storage parameters of the table: `storage({ fillfactor: 70 })`. */
export function storage(parameters: StorageParameters): Extra {
  const place = callerPlace();
  return {
    statementsFor: (table) => [
      { sql: `ALTER TABLE ${writeName(table)} SET (${writeStorage(parameters)})`, stage: STAGES.constraint, place },
    ],
  };
}

/** A table that is not written to the log: faster, and empty after a crash. */
export const unlogged = (): Extra => clause({ prefix: 'UNLOGGED ' });

/** The table takes over the columns of others. */
export const inherits = (...parents: readonly SqlReference[]): Extra => ({
  statementsFor: () => [],
  tableClause: () => ({ suffix: ` INHERITS (${parents.map((parent) => parent[TO_SQL]()).join(', ')})` }),
});

/** Which columns identify a row to logical replication: an index by name, or all of them, or none. */
export function replicaIdentity(identity: 'full' | 'nothing' | { readonly index: string }): Extra {
  const place = callerPlace();
  const words = typeof identity === 'string' ? identity.toUpperCase() : `USING INDEX ${quoteIdentifier(identity.index)}`;
  return {
    statementsFor: (table) => [{ sql: `ALTER TABLE ${writeName(table)} REPLICA IDENTITY ${words}`, stage: STAGES.attached, place }],
  };
}

/** States which role the table belongs to: `owner('editor')`; without it, whoever owns it stays the owner. */
export function owner(role: string): Extra {
  const place = callerPlace();
  return {
    statementsFor: (table) => [{ sql: `ALTER TABLE ${writeName(table)} OWNER TO ${writeRole(role)}`, stage: STAGES.owner, place }],
  };
}

/** States what the table is for, as COMMENT ON does. */
export function tableComment(text: string): Extra {
  const place = callerPlace();
  return {
    statementsFor: (table) => [{ sql: `COMMENT ON TABLE ${writeName(table)} IS ${quoteLiteral(text)}`, stage: STAGES.comment, place }],
  };
}
