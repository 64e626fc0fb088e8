import { countOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { renderSeeded } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { answersOf, consentOptions } from './answers.ts';
import { warn } from './warn.ts';

/** `fastpy db:seed`: runs the seeders. */
export const dbSeed: Command = {
  name: 'db:seed',
  summary: 'Fill the database with test data',
  options: {
    seeder: { type: 'string', value: 'NAME', help: 'run this seeder only: Post, post, PostSeeder or post_seeder' },
    count: { type: 'string', value: 'N', help: 'how many records a seeder makes' },
    'random-seed': { type: 'string', value: 'N', help: 'make the same records again' },
    ...consentOptions,
  },
  examples: [
    ['fastpy db:seed', 'run all seeders'],
    ['fastpy db:seed --seeder Post --count 50', 'create 50 posts'],
  ],
  exitCodes: [
    [3, 'a confirmation is needed'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [130, 'interrupted'],
  ],
  check({ values }) {
    countOption(values, 'count');
    countOption(values, 'random-seed', 0);
  },
  async run({ values, output, request, database }) {
    const result = await request('db.seed', {
      database: database(),
      seeder: textOption(values, 'seeder'),
      count: countOption(values, 'count'),
      randomSeed: countOption(values, 'random-seed', 0),
      ...answersOf(values),
    });
    warn(output, result.warnings);
    const text =
      result.seeded.length === 0
        ? 'There are no seeders; make one with `fastpy make:seeder NAME`.'
        : `${renderSeeded(printable(result.seeded), output.paint)}\nThe same again: --random-seed ${result.randomSeed}`;
    output.result(result, text);
    return 0;
  },
};
