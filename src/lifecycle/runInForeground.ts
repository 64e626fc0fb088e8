import { asFastpyError } from '../errors.ts';
import type { ChangeInfo, NotificationName, Notifications, SuggestionInfo } from '../protocol/methods.ts';
import { resolveDatabase } from '../protocol/resolveDatabase.ts';
import { runDaemon } from './runDaemon.ts';
import type { Serving } from './serveProject.ts';

const SIGNS = { create: '+', alter: '~', rename: '~', replace: '~', drop: '-' } as const;

/** Runs the daemon on a terminal: what it serves, each suggestion as it changes, and why it ends. */
export function runInForeground(root: string): Promise<number> {
  return runDaemon(root, {
    background: false,
    say,
    onNotification: tell,
    onServing: (serving, { socket, log }) => {
      say(`serving ${root}\n  socket  ${socket}\n  log     ${log}\n  Ctrl-C ends it`);
      void tellFirst(root, serving);
    },
  });
}

/** The suggestion for the database that the commands of this shell would use. */
async function tellFirst(root: string, { host }: Serving): Promise<void> {
  try {
    const { url } = resolveDatabase({ root, env: process.env });
    const context = { signal: new AbortController().signal, progress: () => undefined };
    const { suggestion } = (await host.request('suggestion.get', { database: url }, context)) as { suggestion: SuggestionInfo | null };
    say(describe(suggestion));
  } catch (error) {
    say(asFastpyError(error).message);
  }
}

function tell<N extends NotificationName>(name: N, params: Notifications[N]): void {
  if (name === 'suggestion.changed') say(describe((params as Notifications['suggestion.changed']).suggestion));
  if (name === 'model.failed') say((params as Notifications['model.failed']).message);
  if (name === 'database.drifted') say(describeDrift((params as Notifications['database.drifted']).drift));
}

function describe(suggestion: SuggestionInfo | null): string {
  if (suggestion === null) return 'the models match the migrations';
  return [suggestion.message, ...suggestion.changes.map(({ action, kind, name }) => `  ${SIGNS[action]} ${kind} ${name}`)].join('\n');
}

function describeDrift(drift: readonly ChangeInfo[]): string {
  if (drift.length === 0) return 'the database is again as its migrations left it';
  return ['the database has drifted:', ...drift.map(({ action, kind, name }) => `  ${SIGNS[action]} ${kind} ${name}`)].join('\n');
}

/** Names come from models and databases: characters that a terminal would obey are not passed on to it. */
function say(text: string): void {
  console.log(text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '?'));
}
