import { quoteIdentifier } from '../database/quote.ts';
import { Attached, type Target } from './attached.ts';
import { STAGES } from './declaration.ts';
import type { Extra } from './extra.ts';
import { writeName } from './name.ts';
import { callerPlace } from './place.ts';
import { writeRole } from './role.ts';
import { type Sql, writeSql } from './sql.ts';

export interface PolicyOptions {
  /** The table; not given where the policy stands among the table's extras. */
  readonly on?: Target | undefined;
  readonly command?: 'all' | 'select' | 'insert' | 'update' | 'delete' | undefined;
  /** Roles by name; `public` unless said. */
  readonly to?: string | readonly string[] | undefined;
  /** Which rows are seen. */
  readonly using?: Sql | undefined;
  /** Which rows may be written. */
  readonly check?: Sql | undefined;
  readonly restrictive?: boolean | undefined;
}

function createPolicy(name: string, options: PolicyOptions, table: string): string {
  const { command, to, using, check, restrictive } = options;
  return [
    `CREATE POLICY ${quoteIdentifier(name)} ON ${table}`,
    restrictive ? ' AS RESTRICTIVE' : '',
    command ? ` FOR ${command.toUpperCase()}` : '',
    to === undefined ? '' : ` TO ${[to].flat().map(writeRole).join(', ')}`,
    using ? ` USING (${writeSql(using)})` : '',
    check ? ` WITH CHECK (${writeSql(check)})` : '',
  ].join('');
}

/** Declares a row security policy; the table also needs `rowLevelSecurity()`. */
export const policy = (name: string, options: PolicyOptions = {}): Attached =>
  new Attached({ kind: 'POLICY', name, on: options.on, create: (table) => createPolicy(name, options, table) });

/** Turns row security on for a table; with `force`, for its owner too. */
export function rowLevelSecurity(options: { readonly force?: boolean | undefined } = {}): Extra {
  const place = callerPlace();
  return {
    statementsFor: (table) =>
      ['ENABLE', ...(options.force ? ['FORCE'] : [])].map((word) => ({
        sql: `ALTER TABLE ${writeName(table)} ${word} ROW LEVEL SECURITY`,
        stage: STAGES.constraint,
        place,
      })),
  };
}
