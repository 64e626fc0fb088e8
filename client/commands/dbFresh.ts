import { flagOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { renderFresh } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { answersOf, consentOptions } from './answers.ts';
import { warn } from './warn.ts';

/** `fastpy db:fresh`: drops everything managed and migrates from nothing. */
export const dbFresh: Command = {
  name: 'db:fresh',
  summary: 'Drop everything and run all migrations: destroys all data',
  options: { seed: { type: 'boolean', help: 'run the seeders afterwards' }, ...consentOptions },
  examples: [
    ['fastpy db:fresh', 'start again from an empty database'],
    ['fastpy db:fresh --seed', 'and fill it with test data'],
  ],
  exitCodes: [
    [3, 'a confirmation is needed'],
    [4, 'another migration holds the lock'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const result = await request('db.fresh', { database: database(), seed: flagOption(values, 'seed'), ...answersOf(values) });
    warn(output, result.warnings);
    output.result(result, renderFresh(printable(result), output.paint));
    return 0;
  },
};
