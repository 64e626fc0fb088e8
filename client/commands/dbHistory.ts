import type { Command } from '../command.ts';
import { printable } from '../render/printable.ts';

/** `fastpy db:history`: the ledger. */
export const dbHistory: Command = {
  name: 'db:history',
  summary: 'Show what was applied to the database, and when',
  examples: [
    ['fastpy db:history', 'the ledger, oldest first'],
    ['fastpy db:history --json', 'for a script'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [130, 'interrupted'],
  ],
  async run({ output, request, database }) {
    const result = await request('db.history', { database: database() });
    const lines = printable(result.revisions).map(
      ({ appliedAt, id, durationMs, baseline }) => `${appliedAt}  ${id}  ${baseline ? 'baseline' : `${Math.round(durationMs)} ms`}`,
    );
    output.value(result, lines.length === 0 ? 'Nothing has been applied.' : lines.join('\n'));
    return 0;
  },
};
