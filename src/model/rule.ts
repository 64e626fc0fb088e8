import { quoteIdentifier } from '../database/quote.ts';
import { Attached, type Target } from './attached.ts';
import { type Sql, writeSql } from './sql.ts';

export interface RuleOptions {
  /** The table or view; not given where the rule stands among a table's extras. */
  readonly on?: Target | undefined;
  readonly event: 'select' | 'insert' | 'update' | 'delete';
  readonly condition?: Sql | undefined;
  readonly instead?: boolean | undefined;
  /** What is done; nothing unless said. */
  readonly do?: Sql | readonly Sql[] | undefined;
}

function writeCommands(commands: RuleOptions['do']): string {
  if (commands === undefined) return 'NOTHING';
  return Array.isArray(commands) ? `(${commands.map(writeSql).join('; ')})` : writeSql(commands);
}

function createRule(name: string, options: RuleOptions, table: string): string {
  const condition = options.condition ? ` WHERE ${writeSql(options.condition)}` : '';
  const head = `CREATE RULE ${quoteIdentifier(name)} AS ON ${options.event.toUpperCase()} TO ${table}${condition}`;
  return `${head} DO ${options.instead ? 'INSTEAD' : 'ALSO'} ${writeCommands(options.do)}`;
}

/** Declares a rewrite rule. */
export const rule = (name: string, options: RuleOptions): Attached =>
  new Attached({ kind: 'RULE', name, on: options.on, create: (table) => createRule(name, options, table) });
