import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { Attached, type Target, writeTarget } from './attached.ts';
import type { ColumnReference } from './column.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';
import { type Sql, type SqlReference, TO_SQL, writeSql } from './sql.ts';

export type TriggerEvent = 'insert' | 'update' | 'delete' | 'truncate';

export interface TriggerOptions {
  /** The table; not given where the trigger stands among the table's extras. */
  readonly on?: Target | undefined;
  readonly when: 'before' | 'after' | 'instead of';
  readonly events: readonly TriggerEvent[];
  /** Fires an update trigger only when one of these columns is assigned. */
  readonly updateOf?: readonly ColumnReference<any>[] | undefined;
  /** `statement` unless said. */
  readonly forEach?: 'row' | 'statement' | undefined;
  readonly condition?: Sql | undefined;
  /** The trigger function, declared with `func`, or its name as SQL. */
  readonly execute: SqlReference | string;
  readonly arguments?: readonly string[] | undefined;
  readonly referencing?: { readonly oldTable?: string | undefined; readonly newTable?: string | undefined } | undefined;
  /** A constraint trigger; `initially` defers it to the transaction's end. */
  readonly constraint?: boolean | 'deferrable' | 'initially' | undefined;
}

const DEFERRALS = { deferrable: ' DEFERRABLE', initially: ' DEFERRABLE INITIALLY DEFERRED' };

function writeEvents({ events, updateOf }: TriggerOptions): string {
  const columns = updateOf ? ` OF ${updateOf.map(writeSql).join(', ')}` : '';
  return events.map((event) => (event === 'update' ? `UPDATE${columns}` : event.toUpperCase())).join(' OR ');
}

function writeReferencing({ referencing }: TriggerOptions): string {
  if (!referencing) return '';
  const oldTable = referencing.oldTable ? ` OLD TABLE AS ${quoteIdentifier(referencing.oldTable)}` : '';
  return ` REFERENCING${oldTable}${referencing.newTable ? ` NEW TABLE AS ${quoteIdentifier(referencing.newTable)}` : ''}`;
}

function createTrigger(name: string, options: TriggerOptions, table: string): string {
  const { constraint, when, forEach = 'statement', condition, execute } = options;
  return [
    `CREATE ${constraint ? 'CONSTRAINT ' : ''}TRIGGER ${quoteIdentifier(name)} ${when.toUpperCase()} ${writeEvents(options)} ON ${table}`,
    typeof constraint === 'string' ? DEFERRALS[constraint] : '',
    writeReferencing(options),
    ` FOR EACH ${forEach.toUpperCase()}`,
    condition ? ` WHEN (${writeSql(condition)})` : '',
    ` EXECUTE FUNCTION ${writeTarget(execute)}(${(options.arguments ?? []).map(quoteLiteral).join(', ')})`,
  ].join('');
}

/** Declares a trigger: among a table's extras, or exported by itself with `on`. */
export const trigger = (name: string, options: TriggerOptions): Attached =>
  new Attached({ kind: 'TRIGGER', name, on: options.on, create: (table) => createTrigger(name, options, table) });

export interface EventTriggerOptions {
  readonly on: 'ddl_command_start' | 'ddl_command_end' | 'table_rewrite' | 'sql_drop' | 'login';
  /** Command tags for which it fires. */
  readonly tags?: readonly string[] | undefined;
  readonly execute: SqlReference;
}

/** Declares an event trigger of the database. */
export function eventTrigger(name: string, { on, tags, execute }: EventTriggerOptions): Named {
  const reference = (): string => quoteIdentifier(name);
  const condition = tags ? ` WHEN TAG IN (${tags.map(quoteLiteral).join(', ')})` : '';
  const create = (): string[] => [`CREATE EVENT TRIGGER ${reference()} ON ${on}${condition} EXECUTE FUNCTION ${execute[TO_SQL]()}()`];
  return new Named({ kind: 'EVENT TRIGGER', path: name, reference, stage: STAGES.attached, create });
}
