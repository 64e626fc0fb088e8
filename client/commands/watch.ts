import type { ChangeInfo, SuggestionInfo } from '../../src/protocol/methods.ts';
import type { Command, Invocation } from '../command.ts';
import { renderChanges, renderSuggestion } from '../render/changes.ts';
import { printable } from '../render/printable.ts';

/** `fastpy watch`: shows the suggestion as models change, until Ctrl-C. */
export const watch: Command = {
  name: 'watch',
  summary: 'Show the next migration as you edit the models',
  isEndless: true,
  examples: [
    ['fastpy watch', 'until Ctrl-C'],
    ['fastpy watch --json', 'one line of JSON per change'],
  ],
  exitCodes: [
    [5, 'the daemon went away'],
    [6, 'the database cannot be reached'],
  ],
  async run(invocation) {
    const database = invocation.database();
    const backend = await invocation.backend();
    const isOurs = (named: string) => named === database;
    const showDrift = driftShower(invocation);
    backend.on('suggestion.changed', ({ database: named, suggestion }) => isOurs(named) && show(invocation, suggestion));
    backend.on('model.failed', (failure) => showFailure(invocation, failure));
    backend.on('database.drifted', ({ database: named, drift }) => isOurs(named) && showDrift(drift));
    const { suggestion } = await invocation.request('suggestion.get', { database });
    show(invocation, suggestion);
    // Where the history does not fit the files nothing can be said of drift; db:status tells why.
    const status = await invocation.request('db.status', { database }).catch(() => undefined);
    showDrift(status?.drift ?? []);
    await Promise.race([untilAborted(invocation.signal), backend.closed]);
    return 0;
  },
};

function show({ output }: Invocation, suggestion: SuggestionInfo | null): void {
  const text = suggestion === null ? 'The models match the migrations.' : renderSuggestion(printable(suggestion), output.paint);
  print(output, { suggestion }, text);
}

function showFailure({ output }: Invocation, failure: { readonly message: string; readonly hint?: string | undefined }): void {
  print(
    output,
    { failure },
    printable(`${output.paint('red', 'error:')} ${failure.message}${failure.hint === undefined ? '' : `\n${failure.hint}`}`),
  );
}

/** Shows drift where it differs from what was shown before; at first nothing has drifted. */
function driftShower({ output }: Invocation): (drift: readonly ChangeInfo[]) => void {
  let shown = '[]';
  return (drift) => {
    if (JSON.stringify(drift) === shown) return;
    shown = JSON.stringify(drift);
    const drifted = `The database has drifted:\n${renderChanges(printable(drift), output.paint)}`;
    print(output, { drift }, drift.length === 0 ? 'The database is again as its migrations left it.' : drifted);
  };
}

function print(output: Invocation['output'], document: object, text: string): void {
  const time = new Date().toLocaleTimeString();
  process.stdout.write(output.json ? `${JSON.stringify({ schemaVersion: 1, ...document })}\n` : `${output.paint('dim', time)} ${text}\n`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
}
