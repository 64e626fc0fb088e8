import { asFastpyError } from '../../src/errors.ts';
import type { ChangeInfo, SuggestionInfo } from '../../src/protocol/methods.ts';
import type { Command, Invocation } from '../command.ts';
import { type Keys, listenToKeys } from '../keys.ts';
import { renderChanges, renderSuggestion } from '../render/changes.ts';
import { renderError } from '../render/error.ts';
import { renderMake, renderMigrate } from '../render/migrations.ts';
import { printable } from '../render/printable.ts';

/** `fastpy watch`: shows the suggestion as models change, until Ctrl-C; on a terminal, keys make and apply it. */
export const watch: Command = {
  name: 'watch',
  summary: 'Show the next migration as you edit the models',
  isEndless: true,
  examples: [
    ['fastpy watch', 'until q or Ctrl-C; m makes the suggestion, a makes and applies it'],
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
    const quit = Promise.withResolvers<void>();
    const stopListening = invocation.output.interactive ? listenToKeys(keysOf(invocation, quit.resolve)) : undefined;
    await Promise.race([untilAborted(invocation.signal), backend.closed, quit.promise]);
    await stopListening?.();
    return 0;
  },
};

/** What a key finds wrong is told, and watching goes on; what it wants to know is asked there. */
function keysOf(invocation: Invocation, quit: () => void): Keys {
  const { output, request } = invocation;
  const database = invocation.database();
  const doing = (work: () => Promise<string>) => async (): Promise<void> => {
    try {
      output.note(await work());
    } catch (error) {
      output.alert(renderError(asFastpyError(error), output.paintNote));
    }
    if (!invocation.signal.aborted) output.note(output.paintNote('dim', KEYS));
  };
  output.note(output.paintNote('dim', KEYS));
  return {
    m: doing(async () => renderMake(printable(await request('db.make', { database })), output.paintNote)),
    a: doing(() => makeAndApply(invocation)),
    q: async () => quit(),
  };
}

const KEYS = 'm make · a make and apply · q quit';

/** A migration is made only where the models ask for one; what is pending is applied either way. */
async function makeAndApply({ request, database, output }: Invocation): Promise<string> {
  const { suggestion } = await request('suggestion.get', { database: database() });
  const result = await request('db.migrate', { database: database(), message: suggestion?.message });
  return renderMigrate(printable(result), output.paintNote);
}

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
