import type { BaselineResult } from '../../src/protocol/methods.ts';
import { flagOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Paint } from '../output.ts';
import { renderSql } from '../render/changes.ts';
import { printable } from '../render/printable.ts';
import { warn } from './warn.ts';

/** `fastpy db:baseline`: makes the history start at the database as it is. */
export const dbBaseline: Command = {
  name: 'db:baseline',
  summary: 'Start the history at the database as it is',
  positionals: '[MSG]',
  arity: { least: 0, most: 1 },
  options: {
    message: { type: 'string', short: 'm', value: 'MSG', help: 'the description, as MSG does; `baseline` unless said' },
    'dry-run': { type: 'boolean', help: 'print the SQL and change nothing' },
  },
  examples: [
    ['fastpy db:baseline', 'write the present state as the first migration, marked applied'],
    ['fastpy db:baseline "The schema of 2019"', 'under a name of your own'],
    ['fastpy db:baseline --dry-run', 'see what it would say'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'there is a history already'],
    [130, 'interrupted'],
  ],
  async run({ values, positionals, output, request, database }) {
    const dryRun = flagOption(values, 'dry-run');
    const message = positionals[0] ?? textOption(values, 'message');
    const result = await request('db.baseline', { database: database(), message, dryRun });
    warn(output, result.warnings);
    if (result.dryRun !== null) output.value(result, sqlOf(result.dryRun));
    else output.result(result, summaryOf(printable(result), output.paint));
    return 0;
  },
};

/** SQL is printed as it is: it will be run, and an escaped character would be another statement. */
const sqlOf = (statements: readonly string[]): string => (statements.length === 0 ? '-- nothing to adopt' : renderSql(statements));

function summaryOf({ baseline }: BaselineResult, paint: Paint): string {
  if (baseline === null) return 'Nothing to do: the database is empty, so its history starts with the first migration.';
  return `${paint('green', 'Adopted')} the database as it is: ${baseline.file} (marked applied)`;
}
