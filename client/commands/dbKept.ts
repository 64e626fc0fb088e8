import type { KeptResult } from '../../src/protocol/methods.ts';
import { flagOption, listOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { printable } from '../render/printable.ts';
import { consentOptions } from './answers.ts';

/** `fastpy db:kept`: what `--keep` has copied. */
export const dbKept: Command = {
  name: 'db:kept',
  summary: 'Show the rows that --keep has copied before they were lost, or drop the copies',
  options: {
    drop: { type: 'string', multiple: true, value: 'NAME', help: 'drop this copy for good; "all" is every one' },
    ...consentOptions,
  },
  examples: [
    ['fastpy db:kept', 'what is kept, and of which migration'],
    ['fastpy db:kept --drop k1_users_body', 'drop a copy that nobody needs any more'],
  ],
  exitCodes: [
    [3, 'a confirmation is needed'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const result = await request('db.kept', {
      database: database(),
      drop: listOption(values, 'drop'),
      force: flagOption(values, 'force'),
      target: textOption(values, 'target'),
    });
    output.result(result, renderKept(printable(result)));
    return 0;
  },
};

function renderKept({ kept, dropped }: KeptResult): string {
  const lines = kept.map(
    ({ name, object, migration, rows, keptAt }) => `fastpyd_kept.${name}  ${object}, ${rows} rows, before ${migration} (${keptAt})`,
  );
  return [
    ...dropped.map((name) => `Dropped fastpyd_kept.${name}`),
    ...(kept.length === 0 && dropped.length === 0 ? ['Nothing is kept.'] : lines),
  ].join('\n');
}
