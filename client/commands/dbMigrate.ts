import { flagOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { renderMigrate, renderReversion } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { answerOptions, answersOf } from './answers.ts';
import { safeOptions, safetyOf } from './safeOption.ts';
import { strictOption } from './strictOption.ts';
import { warn } from './warn.ts';

/** `fastpy db:migrate`: applies what is pending, after making a migration when there is a message. */
export const dbMigrate: Command = {
  name: 'db:migrate',
  summary: 'Run pending migrations; with -m, make one from the models first',
  options: {
    message: { type: 'string', short: 'm', value: 'MSG', help: 'make a migration of the model changes first' },
    'dry-run': { type: 'boolean', help: 'print the SQL, with what each statement locks and rewrites, and change nothing' },
    to: { type: 'string', value: 'ID', help: 'stop after this migration' },
    adopt: { type: 'boolean', help: 'turn drift into a migration of its own, marked applied' },
    'revert-drift': { type: 'boolean', help: 'only bring the database back to what its applied migrations produce' },
    allow: { type: 'string', multiple: true, value: 'HAZARD', help: 'this hazard may be met, where the database is not for development' },
    ...safeOptions,
    ...strictOption,
    ...answerOptions,
  },
  examples: [
    ['fastpy db:migrate', 'run pending migrations'],
    ['fastpy db:migrate -m "Add slug to posts"', 'make a migration after editing a model, and run it'],
    ['fastpy db:migrate -m "Rename title" --rename public.posts.title:headline', 'say that a column was renamed'],
    ['fastpy db:migrate --revert-drift --dry-run', 'see what would undo the changes that somebody made by hand'],
  ],
  exitCodes: [
    [3, 'an answer is needed; the message prints the flags'],
    [4, 'another migration holds the lock'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict, or drift in the way'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const result = await request('db.migrate', {
      database: database(),
      message: textOption(values, 'message'),
      dryRun: flagOption(values, 'dry-run'),
      to: textOption(values, 'to'),
      adopt: flagOption(values, 'adopt'),
      revertDrift: flagOption(values, 'revert-drift'),
      strict: flagOption(values, 'strict'),
      ...safetyOf(values),
      ...answersOf(values),
    });
    warn(output, [...(result.made?.warnings ?? []), ...result.warnings]);
    output[values['dry-run'] === true ? 'value' : 'result'](
      result,
      (values['revert-drift'] === true ? renderReversion : renderMigrate)(printable(result), output.paint),
    );
    return 0;
  },
};
