import type { ChangeInfo, IgnoredDriftInfo, SuggestionInfo } from '../../src/protocol/methods.ts';
import type { Paint } from '../output.ts';

const SIGNS = {
  create: ['+', 'green'],
  alter: ['~', 'yellow'],
  rename: ['~', 'yellow'],
  replace: ['~', 'yellow'],
  drop: ['-', 'red'],
} as const satisfies Record<ChangeInfo['action'], readonly [string, string]>;

/** One line a change: `+` create, `~` alter, `-` drop, and what it endangers. */
export function renderChanges(changes: readonly ChangeInfo[], paint: Paint): string {
  return changes.map((change) => renderChange(change, paint)).join('\n');
}

function renderChange({ action, kind, name, hazards }: ChangeInfo, paint: Paint): string {
  const [sign, colour] = SIGNS[action];
  const how = action === 'rename' || action === 'replace' ? ` (${action})` : '';
  const dangers = hazards.length === 0 ? '' : `  ${paint('yellow', hazards.join(' '))}`;
  return `  ${paint(colour, `${sign} ${kind} ${name}`)}${how}${dangers}`;
}

/** Drift that the settings let stand, each with its reason. */
export function renderIgnored(ignored: readonly IgnoredDriftInfo[], paint: Paint): string {
  return ignored.map((one) => `${renderChange(one, paint)}  ${paint('dim', one.reason)}`).join('\n');
}

const DOWN = {
  exact: 'can be rolled back exactly',
  lossy: 'rolling back loses data',
  impossible: 'cannot be rolled back',
} as const satisfies Record<SuggestionInfo['reversible'], string>;

/** A suggestion as a summary: its message, its changes, and what was proved. */
export function renderSuggestion(suggestion: SuggestionInfo, paint: Paint): string {
  const proof = paint('dim', `  proved on ${suggestion.provedOn}; ${DOWN[suggestion.reversible]}`);
  return [paint('bold', suggestion.message), renderChanges(suggestion.changes, paint), proof, ...renderQuestions(suggestion, paint)].join(
    '\n',
  );
}

function renderQuestions({ questions }: SuggestionInfo, paint: Paint): readonly string[] {
  return questions.flatMap((question) => [`  ${paint('yellow', '?')} ${question.message}`, `    ${question.flags.join('  or  ')}`]);
}

/** Statements as a script that psql would run. */
export function renderSql(statements: readonly string[]): string {
  return statements.map((statement) => (/;\s*$/.test(statement) ? statement : `${statement};`)).join('\n');
}
