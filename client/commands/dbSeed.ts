import { fail } from '../../src/errors.ts';
import type { SeedResult } from '../../src/protocol/methods.ts';
import { countOption, flagOption, numberOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';
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
    'random-seed': { type: 'string', value: 'N', help: 'make the same records again, in an empty database' },
    auto: { type: 'boolean', help: 'make rows for the tables without a seeder too' },
    'null-share': { type: 'string', value: '0.1', help: 'with --auto: how often a value is NULL where it may be' },
    skew: { type: 'string', value: '0', help: 'with --auto: the larger, the more rows refer to the same few others' },
    ...consentOptions,
  },
  examples: [
    ['fastpy db:seed', 'run all seeders'],
    ['fastpy db:seed --seeder Post --count 50', 'create 50 posts'],
    ['fastpy db:seed --auto --count 200', 'fill every table, without code'],
    ['fastpy db:seed --auto --seeder orders --count 1000000', 'fill one table, and what it must refer to'],
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
    numberOption(values, 'null-share', 1);
    numberOption(values, 'skew', 100);
    const alone = ['null-share', 'skew'].find((name) => textOption(values, name) !== undefined && !flagOption(values, 'auto'));
    if (alone !== undefined) throw fail('USAGE', { problem: `--${alone} goes with --auto: seeders say themselves what they make` });
  },
  async run({ values, output, request, database }) {
    const result = await request('db.seed', {
      database: database(),
      seeder: textOption(values, 'seeder'),
      count: countOption(values, 'count'),
      randomSeed: countOption(values, 'random-seed', 0),
      auto: flagOption(values, 'auto'),
      nullShare: numberOption(values, 'null-share', 1),
      skew: numberOption(values, 'skew', 100),
      ...answersOf(values),
    });
    warn(output, result.warnings);
    output.result(result, render(printable(result), { isAuto: values.auto === true, paint: output.paint }));
    return 0;
  },
};

function render(
  { seeded, randomSeed, warnings }: SeedResult,
  { isAuto, paint }: { readonly isAuto: boolean; readonly paint: Output['paint'] },
): string {
  const again = `The same again: --random-seed ${randomSeed}`;
  const few = warnings.length === 0 ? [] : [`Tables with fewer rows than asked for: ${warnings.length}; the rows that were made are kept.`];
  if (seeded.length > 0) return [renderSeeded(seeded, paint), ...few, again].join('\n');
  if (!isAuto) return 'There are no seeders; make one with `fastpy make:seeder NAME`, or fill tables with --auto.';
  return warnings.length === 0
    ? 'There is no table to fill; `fastpy db:status` shows what is not applied yet.'
    : [`No table got rows.`, again].join('\n');
}
