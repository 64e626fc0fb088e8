import { flagOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { renderMake, renderMakeDryRun } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { answerOptions, answersOf } from './answers.ts';
import { safeOptions, safetyOf } from './safeOption.ts';
import { strictOption } from './strictOption.ts';
import { warn } from './warn.ts';

/** `fastpy db:make`: writes the suggestion to a file without running it. */
export const dbMake: Command = {
  name: 'db:make',
  summary: 'Make a migration from the model changes without running it',
  positionals: '[MSG]',
  arity: { least: 0, most: 1 },
  options: {
    message: { type: 'string', short: 'm', value: 'MSG', help: 'the description, as MSG does' },
    'dry-run': { type: 'boolean', help: 'print the SQL, with what each statement locks and rewrites, and write nothing' },
    empty: { type: 'boolean', help: 'write a migration without steps, to be filled by hand' },
    ...safeOptions,
    ...strictOption,
    ...answerOptions,
  },
  examples: [
    ['fastpy db:make "Add published_at to posts"', 'write the migration, then look at it'],
    ['fastpy db:make', 'let the message be proposed'],
    ['fastpy db:make --empty "Copy names"', 'write an empty one for a data step'],
  ],
  exitCodes: [
    [3, 'an answer is needed; the message prints the flags'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict, or drift in the way'],
    [130, 'interrupted'],
  ],
  async run({ values, positionals, output, request, database }) {
    const result = await request('db.make', {
      database: database(),
      message: positionals[0] ?? textOption(values, 'message'),
      empty: flagOption(values, 'empty'),
      dryRun: flagOption(values, 'dry-run'),
      strict: flagOption(values, 'strict'),
      ...safetyOf(values),
      ...answersOf(values),
    });
    warn(output, [...(result.suggestion?.warnings ?? []), ...result.warnings]);
    if (values['dry-run'] === true) output.value(result, renderMakeDryRun(printable(result)));
    else output.result(result, renderMake(printable(result), output.paint));
    return 0;
  },
};
