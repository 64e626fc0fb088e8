import type { Command } from '../command.ts';
import { printable } from '../render/printable.ts';
import { warn } from './warn.ts';

/** `fastpy make:seeder`: writes a seeder file. */
export const makeSeeder: Command = {
  name: 'make:seeder',
  summary: 'Write a seeder, filled from the model',
  positionals: 'NAME',
  arity: { least: 1, most: 1 },
  examples: [
    ['fastpy make:seeder Post', 'write seeders/post_seeder.ts'],
    ['fastpy make:seeder Comment --json', 'and say in JSON where it is'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [130, 'interrupted'],
  ],
  async run({ positionals, output, request, database }) {
    const result = await request('make.seeder', { database: database(), name: positionals[0] ?? '' });
    warn(output, result.warnings);
    output.result(result, `${output.paint('green', 'Made')} ${printable(result.file)}`);
    return 0;
  },
};
