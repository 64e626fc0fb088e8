import { FastpyError } from '../../src/errors.ts';
import type { StatusResult } from '../../src/protocol/methods.ts';
import { flagOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';
import { errorDocument, renderError } from '../render/error.ts';
import { renderStatus } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';
import { strictOption } from './strictOption.ts';
import { warn } from './warn.ts';

const FOUND = 2;

/** `fastpy db:status`: applied, pending, drift, and model changes not yet made. */
export const dbStatus: Command = {
  name: 'db:status',
  summary: 'Show applied and pending migrations, drift and model changes',
  options: { check: { type: 'boolean', help: 'exit 2 unless nothing is pending, drifted or changed' }, ...strictOption },
  examples: [
    ['fastpy db:status', 'see where the database stands'],
    ['fastpy db:status --check --no-daemon', 'make a CI job fail when something is left to do'],
  ],
  exitCodes: [
    [FOUND, '--check found pending work, drift or model changes'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const { failure, ...result } = await request('db.status', { database: database(), strict: flagOption(values, 'strict') });
    warn(output, result.warnings);
    if (failure) return showFailed(result, FastpyError.from(failure), output);
    output.value(result, renderStatus(printable(result), output.paint));
    return values.check === true && !isClean(result) ? FOUND : 0;
  },
};

type Standing = Omit<StatusResult, 'failure'>;

/** Where the database stands is worth knowing also while the models are broken. */
function showFailed(result: Standing, error: FastpyError, output: Output): number {
  output.value({ ...result, ...errorDocument(error) }, renderStatus(printable(result), output.paint, { isKnown: false }));
  if (!output.json) output.alert(renderError(error, output.paintNote));
  return error.exitCode;
}

function isClean({ pending, drift, changes }: Standing): boolean {
  return pending.length + drift.length + changes.length === 0;
}
