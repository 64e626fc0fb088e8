import { asFastpyError, type FastpyError } from '../src/errors.ts';
import type { Answers, Method, ParamsOf, ResultOf } from '../src/protocol/methods.ts';
import { findProject } from '../src/protocol/projectFile.ts';
import { resolveDatabase } from '../src/protocol/resolveDatabase.ts';
import { textOption } from './arguments.ts';
import type { Arguments, Backend, Invocation } from './command.ts';
import { once } from './once.ts';
import type { Output } from './output.ts';
import { startProgress } from './render/progress.ts';

/** What a command is given, and how it is put away afterwards. */
export interface OpenInvocation {
  readonly invocation: Invocation;
  close(): Promise<void>;
}

/** Prepares a command's surroundings; the project and the daemon are looked for only when the command asks. */
export function openInvocation(given: Arguments, options: { output: Output; signal: AbortSignal }): OpenInvocation {
  const { output, signal } = options;
  const from = textOption(given.values, 'project') ?? process.cwd();
  const root = once(() => findProject(from));
  const backend = once(() => (given.values['no-daemon'] === true ? inProcess(root()) : daemon(root(), output)));
  let opened: Promise<Backend> | undefined;
  const open = () => (opened = backend());
  const invocation: Invocation = {
    ...given,
    output,
    signal,
    from,
    root,
    database: once(() => resolveDatabase({ root: root(), flag: textOption(given.values, 'database-url'), env: process.env }).url),
    request: (method, params) => requestAnswering(open, { method, params, output, signal }),
    backend: open,
  };
  return { invocation, close: async () => (await opened?.catch(() => undefined))?.close() };
}

async function inProcess(root: string): Promise<Backend> {
  const { openInProcess } = await import('./inProcess.ts');
  return openInProcess(root);
}

async function daemon(root: string, output: Output): Promise<Backend> {
  const { connect } = await import('./fastpyClient.ts');
  return connect({ project: root, onNotice: output.alert });
}

interface Asked<M extends Method> {
  readonly method: M;
  readonly params: ParamsOf<M>;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Sends a request, and sends it again with the answers when it needs some and somebody is there to give them. */
async function requestAnswering<M extends Method>(open: () => Promise<Backend>, asked: Asked<M>): Promise<ResultOf<M>> {
  let params = asked.params;
  for (let answered = ''; ; ) {
    try {
      return await requestShowing(open, { ...asked, params });
    } catch (thrown) {
      const error = asFastpyError(thrown);
      // What is asked again was not answered by the answer: asking for ever would not help.
      if (error.message === answered) throw error;
      params = { ...params, ...(await answersTo(error, { ...asked, params })) };
      answered = error.message;
    }
  }
}

async function answersTo<M extends Method>(error: FastpyError, asked: Asked<M>): Promise<Answers> {
  if (!isQuestion(error) || !asked.output.interactive) throw error;
  const { askFor } = await import('./ask.ts');
  return askFor(error, asked.params as Answers, asked);
}

/** True for an error that an answer resolves. */
function isQuestion({ code }: FastpyError): boolean {
  return code === 'ANSWERS_NEEDED' || code === 'CONFIRMATION_NEEDED';
}

async function requestShowing<M extends Method>(
  open: () => Promise<Backend>,
  { method, params, output, signal }: Asked<M>,
): Promise<ResultOf<M>> {
  const progress = startProgress(!output.quiet && !output.json, output.note);
  try {
    const backend = await open();
    return await backend.request(method, params, { signal, onProgress: progress.update });
  } finally {
    progress.stop();
  }
}
