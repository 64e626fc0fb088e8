import type { Command } from '../command.ts';
import { printable } from '../render/printable.ts';

/** `fastpy make:model`: writes a model file. */
export const makeModel: Command = {
  name: 'make:model',
  summary: 'Write a first version of a model',
  positionals: 'NAME',
  arity: { least: 1, most: 1 },
  examples: [
    ['fastpy make:model Post', 'write models/post.ts'],
    ['fastpy make:model Comment --json', 'and say in JSON where it is'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [130, 'interrupted'],
  ],
  async run({ positionals, output, request, database }) {
    const result = await request('make.model', { database: database(), name: positionals[0] ?? '' });
    output.result(result, `${output.paint('green', 'Made')} ${printable(result.file)}`);
    return 0;
  },
};
