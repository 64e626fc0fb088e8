import type { SquashResult } from '../../src/protocol/methods.ts';
import { flagOption, textOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Paint } from '../output.ts';
import { renderSql } from '../render/changes.ts';
import { printable } from '../render/printable.ts';
import { warn } from './warn.ts';

/** `fastpy db:squash`: makes the first migrations into one. */
export const dbSquash: Command = {
  name: 'db:squash',
  summary: 'Make the first migrations, up to a point, into one that was proved to do the same',
  positionals: '[MSG]',
  arity: { least: 0, most: 1 },
  options: {
    to: { type: 'string', value: 'ID', help: 'the last migration to take in (the newest)' },
    'dry-run': { type: 'boolean', help: 'prove it, print its SQL, and change no file' },
  },
  examples: [
    ['fastpy db:squash', 'make all migrations into one'],
    ['fastpy db:squash "First version" --to 20261123091500_add_slug', 'only those up to this one'],
    ['fastpy db:squash --dry-run', 'see the SQL first'],
  ],
  exitCodes: [
    [1, 'no single migration was found that does the same'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict, or the database has run only a part of them'],
    [130, 'interrupted'],
  ],
  async run({ values, positionals, output, request, database }) {
    const dryRun = flagOption(values, 'dry-run');
    const result = await request('db.squash', { database: database(), message: positionals[0], to: textOption(values, 'to'), dryRun });
    warn(output, result.warnings);
    output[dryRun ? 'value' : 'result'](result, renderSquash(printable(result), output.paint));
    return 0;
  },
};

function renderSquash({ migration, replaced, removed, dryRun, provedOn }: SquashResult, paint: Paint): string {
  if (dryRun !== null) return renderSql(dryRun);
  if (migration !== null)
    return [
      `${paint('green', 'Made')} ${migration.file}`,
      `  in the place of ${replaced.length} migrations, whose files were removed; proved on ${provedOn}`,
      '  a database that ran all of them has run it',
    ].join('\n');
  return removed.length === 0
    ? 'Nothing to squash.'
    : ['Removed what was replaced already:', ...removed.map((file) => `  ${file}`)].join('\n');
}
