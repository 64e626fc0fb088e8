import { countOption, flagOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { renderRollback } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { answersOf, consentOptions } from './answers.ts';
import { warn } from './warn.ts';

/** `fastpy db:rollback`: takes applied migrations back, newest first. */
export const dbRollback: Command = {
  name: 'db:rollback',
  summary: 'Roll back the last migration, or the last N',
  options: {
    steps: { type: 'string', value: 'N', help: 'how many migrations (1)' },
    to: { type: 'string', value: 'ID', notWith: 'steps', help: 'leave this one applied; "empty" goes below the first' },
    keep: { type: 'boolean', help: 'copy rows and values that are lost into the schema fastpyd_kept; migrating again puts them back' },
    'dry-run': { type: 'boolean', help: 'print the SQL and change nothing' },
    ...consentOptions,
  },
  examples: [
    ['fastpy db:rollback', 'roll back one migration'],
    ['fastpy db:rollback --steps 3', 'roll back three migrations'],
    ['fastpy db:rollback --dry-run', 'see the SQL first'],
  ],
  exitCodes: [
    [3, 'data would be lost and was not consented to'],
    [4, 'another migration holds the lock'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  check: ({ values }) => void countOption(values, 'steps'),
  async run({ values, output, request, database }) {
    const result = await request('db.rollback', {
      database: database(),
      steps: countOption(values, 'steps'),
      to: textOption(values, 'to'),
      keep: flagOption(values, 'keep'),
      dryRun: flagOption(values, 'dry-run'),
      ...answersOf(values),
    });
    warn(output, result.warnings);
    output[values['dry-run'] === true ? 'value' : 'result'](result, renderRollback(printable(result), output.paint));
    return 0;
  },
};
