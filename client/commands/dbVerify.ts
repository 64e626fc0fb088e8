import { FastpyError } from '../../src/errors.ts';
import type { VerdictInfo } from '../../src/protocol/methods.ts';
import type { Command } from '../command.ts';
import type { Paint } from '../output.ts';
import { errorDocument, renderError } from '../render/error.ts';
import { printable } from '../render/printable.ts';
import { warn } from './warn.ts';

const FAILED = 1;

/** `fastpy db:verify`: the proof of every migration file, made again from nothing. */
export const dbVerify: Command = {
  name: 'db:verify',
  summary: 'Prove every migration file again from nothing, in a scratch database',
  examples: [
    ['fastpy db:verify', 'run every migration up, down and up again, and compare the catalogs'],
    ['fastpy db:verify --no-daemon', 'make a CI job fail when a migration that was edited by hand does not hold'],
  ],
  exitCodes: [
    [FAILED, 'a migration cannot be run, or its way down does not lead back'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  async run({ output, request, database }) {
    const result = await request('db.verify', { database: database() });
    warn(output, result.warnings);
    const migrations = result.migrations.map(({ failure, ...verdict }) => ({
      ...verdict,
      ...(failure === null ? {} : errorDocument(FastpyError.from(failure))),
    }));
    const summary = renderSummary(result.migrations, result.provedOn);
    const lines = printable(result.migrations).map((verdict) => renderVerdict(verdict, output.paint));
    output.value({ ...result, migrations }, [...lines, summary].join('\n'));
    if (!output.json) for (const error of failuresIn(result.migrations)) output.alert(renderError(error, output.paintNote));
    return result.migrations.every(holds) ? 0 : FAILED;
  },
};

const holds = ({ up, down }: VerdictInfo): boolean => up === 'proven' && (down === 'exact' || down === 'none');

const failuresIn = (verdicts: readonly VerdictInfo[]): readonly FastpyError[] =>
  verdicts.flatMap(({ failure }) => (failure === null ? [] : [FastpyError.from(failure)]));

const WORDS: Readonly<Record<VerdictInfo['down'], string>> = {
  exact: 'up and down',
  none: 'up; it has no way down',
  differs: 'the way down does not lead back',
  refused: 'up; the way down cannot be run',
  'not reached': 'not reached',
};

function renderVerdict(verdict: VerdictInfo, paint: Paint): string {
  const mark = holds(verdict) ? paint('green', '✓') : paint('red', '✗');
  const words = verdict.up === 'refused' ? 'cannot be run' : WORDS[verdict.down];
  return [`${mark} ${verdict.id} ${paint('dim', words)}`, ...verdict.differences.map((difference) => `    ${difference}`)].join('\n');
}

function renderSummary(verdicts: readonly VerdictInfo[], provedOn: string): string {
  if (verdicts.length === 0) return 'There are no migrations to prove.';
  const bad = verdicts.filter((verdict) => !holds(verdict)).length;
  return bad === 0 ? `${verdicts.length} proved on ${provedOn}.` : `${bad} of ${verdicts.length} do not hold on ${provedOn}.`;
}
