import { listOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import { printable } from '../render/printable.ts';

/** `fastpy db:history`: the ledger. */
export const dbHistory: Command = {
  name: 'db:history',
  summary: 'Show what was applied to the database, and when',
  options: {
    restore: { type: 'string', multiple: true, value: 'ID', help: 'write the file of this migration back as it was applied' },
  },
  examples: [
    ['fastpy db:history', 'the ledger, oldest first'],
    ['fastpy db:history --json', 'for a script'],
    ['fastpy db:history --restore 20261123091500_add_slug', 'a file that was edited or removed since'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const result = await request('db.history', { database: database(), restore: listOption(values, 'restore') });
    for (const file of result.restored) output.note(`Wrote ${file} as it was applied`);
    const lines = printable(result.revisions).map(
      ({ appliedAt, id, durationMs, baseline }) => `${appliedAt}  ${id}  ${baseline ? 'baseline' : `${Math.round(durationMs)} ms`}`,
    );
    output.value(result, lines.length === 0 ? 'Nothing has been applied.' : lines.join('\n'));
    return 0;
  },
};
