import { fail } from '../../src/errors.ts';
import type { PullResult } from '../../src/protocol/methods.ts';
import { flagOption, textOption } from '../arguments.ts';
import type { Command, OptionValues } from '../command.ts';
import type { Paint } from '../output.ts';
import { printable } from '../render/printable.ts';
import { warn } from './warn.ts';

const FORMATS = ['ts', 'sql'] as const;

/** `fastpy db:pull`: writes models that say what the database has. */
export const dbPull: Command = {
  name: 'db:pull',
  summary: 'Write models from an existing database',
  options: {
    format: {
      type: 'string',
      value: 'ts|sql',
      help: 'ts: TypeScript where it can say everything, and SQL for the rest (usual); sql: SQL alone',
    },
    out: { type: 'string', value: 'DIR', help: "the folder, from the project's root; that of the model patterns unless said" },
    force: { type: 'boolean', help: 'overwrite files, and write although there are models' },
    'dry-run': { type: 'boolean', help: 'list the files and write nothing' },
  },
  examples: [
    ['fastpy db:pull', 'write the managed schemas as models'],
    ['fastpy db:pull --format sql --dry-run', 'see which files SQL alone would take'],
    ['fastpy db:pull --out models/billing', 'write into another folder'],
  ],
  exitCodes: [
    [3, 'models are there already, or files would be overwritten: nothing was written'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  check: ({ values }) => void formatOf(values),
  async run({ values, output, request, database }) {
    const result = await request('db.pull', {
      database: database(),
      format: formatOf(values),
      out: textOption(values, 'out'),
      dryRun: flagOption(values, 'dry-run'),
      force: flagOption(values, 'force'),
    });
    warn(output, result.warnings);
    output[result.dryRun ? 'value' : 'result'](result, summaryOf(printable(result), output.paint));
    return 0;
  },
};

function formatOf(values: OptionValues): (typeof FORMATS)[number] | undefined {
  const given = textOption(values, 'format');
  const format = FORMATS.find((known) => known === given);
  if (given !== undefined && format === undefined)
    throw fail('USAGE', { problem: `--format takes ${FORMATS.join(' or ')}; "${given}" is neither` });
  return format;
}

function summaryOf({ files, dryRun }: PullResult, paint: Paint): string {
  if (files.length === 0) return 'Nothing to pull: the managed schemas of the database are empty.';
  const verb = dryRun ? 'Would write' : 'Wrote';
  const lines = files.map(({ file, overwrites }) => `${paint('green', verb)} ${file}${overwrites ? ' (over the one that was there)' : ''}`);
  return [...lines, ...(dryRun ? [] : ['Next: fastpy db:baseline'])].join('\n');
}
