import { asWarning } from '../../src/errors.ts';
import type { ChangeInfo, DiffResult, IgnoredDriftInfo } from '../../src/protocol/methods.ts';
import { flagOption } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Paint } from '../output.ts';
import { renderChanges, renderIgnored, renderSql, renderSuggestion } from '../render/changes.ts';
import { printable } from '../render/printable.ts';
import { answerOptions, answersOf } from './answers.ts';
import { strictOption } from './strictOption.ts';
import { warn } from './warn.ts';

/** `fastpy db:diff`: what the models would change, or what the database has that its history does not. */
export const dbDiff: Command = {
  name: 'db:diff',
  summary: 'Show what the models would change',
  options: {
    sql: { type: 'boolean', help: 'as SQL that psql would run' },
    drift: { type: 'boolean', help: 'between the live database and its applied migrations instead' },
    ...strictOption,
    ...answerOptions,
  },
  examples: [
    ['fastpy db:diff', 'see the next migration as a summary'],
    ['fastpy db:diff --sql', 'see it as SQL'],
    ['fastpy db:diff --drift', 'see what somebody changed by hand'],
  ],
  exitCodes: [
    [3, 'an answer is needed; the message prints the flags'],
    [5, 'the daemon cannot be reached'],
    [6, 'the database cannot be reached'],
    [7, 'history conflict'],
    [130, 'interrupted'],
  ],
  async run({ values, output, request, database }) {
    const result = await request('db.diff', {
      database: database(),
      drift: flagOption(values, 'drift'),
      strict: flagOption(values, 'strict'),
      ...answersOf(values),
    });
    const open = values.sql === true ? (result.suggestion?.questions ?? []).map(asWarning) : [];
    warn(output, [...(result.suggestion?.warnings ?? []), ...result.warnings, ...open]);
    const text = values.sql === true ? sqlOf(result) : summaryOf(printable(result), output.paint);
    output.value(result, text);
    return 0;
  },
};

/** SQL is printed as it is: it will be run, and an escaped character would be another statement. */
function sqlOf({ drift, driftSql, suggestion }: DiffResult): string {
  const statements = drift === null ? (suggestion?.up ?? []) : (driftSql ?? []);
  return statements.length === 0 ? '-- nothing to change' : renderSql(statements);
}

function summaryOf({ drift, ignoredDrift, suggestion }: DiffResult, paint: Paint): string {
  if (drift !== null) return driftSummary(drift, ignoredDrift ?? [], paint);
  return suggestion === null ? 'The models match the migrations; nothing to change.' : renderSuggestion(suggestion, paint);
}

function driftSummary(drift: readonly ChangeInfo[], ignored: readonly IgnoredDriftInfo[], paint: Paint): string {
  const nothing = `No drift: the database is what its applied migrations produce${ignored.length === 0 ? '' : ', but for what is ignored'}.`;
  const found = drift.length === 0 ? nothing : renderChanges(drift, paint);
  return ignored.length === 0 ? found : `${found}\nIgnored:\n${renderIgnored(ignored, paint)}`;
}
