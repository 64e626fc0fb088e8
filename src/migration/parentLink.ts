/** The child's end of projectChild.ts: answers requests, and runs statements on the parent's session. */
import { dieWithParent } from '../load/dieWithParent.ts';
import { registerFastpydHooks } from '../load/hooks.ts';
import { useNaming } from '../model/naming.ts';
import { bindModels, type CopyRows } from '../model/runtime.ts';
import { isSqlReference, type SqlReference, writeSql } from '../model/sql.ts';
import { readProjectFile } from '../protocol/projectFile.ts';
import type { ChildAnswers, ChildReply, ChildRequest, ParentMessage, QueryMessage, Refusal } from './childMessages.ts';

/** What answers each kind of request in a child. */
export type Answers = {
  readonly [Type in ChildRequest['type']]?: (request: Extract<ChildRequest, { readonly type: Type }>) => Promise<ChildAnswers[Type]>;
};

/** Runs one statement, a text with values or a piece of `sql`, and gives its rows. */
export type RunStatement = <Row = Record<string, unknown>>(
  statement: SqlReference | string,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

// Kept from the project's code, which could otherwise speak for this child.
const send = process.send?.bind(process);
delete process.send;
const reply = (message: ChildReply): void => void send?.(message);

/** A statement that PostgreSQL refused, as the project's code sees it. */
export class StatementError extends Error {
  readonly sqlState: string | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly constraint: string | undefined;
  readonly context: string | undefined;

  constructor({ message, sqlState, detail, hint, constraint, context }: Refusal) {
    super(message);
    this.name = 'StatementError';
    this.sqlState = sqlState;
    this.detail = detail;
    this.hint = hint;
    this.constraint = constraint;
    this.context = context;
  }
}

interface Waiting {
  readonly resolve: (rows: readonly any[]) => void;
  readonly reject: (error: Error) => void;
  /** What the code made of it, so that a statement that nobody awaits is noticed too. */
  readonly settled: Promise<unknown>;
}

const waiting = new Map<number, Waiting>();
let lastQuery = 0;

/** Runs a statement on the session that the parent keeps for the request. */
export const runStatement: RunStatement = (statement, values = []) =>
  askParent({ text: isSqlReference(statement) ? writeSql(statement) : statement, values });

/** Runs a COPY on that session with rows in PostgreSQL's text format, and gives their number. Only a seeder's session can. */
export const copyRows: CopyRows = async (text, data) => (await askParent({ text, values: [], data }))[0] as number;

function askParent(statement: Omit<QueryMessage, 'type' | 'query'>): Promise<readonly any[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly any[]>();
  const query = ++lastQuery;
  waiting.set(query, { resolve, reject, settled: promise });
  reply({ type: 'query', query, ...statement });
  // Where it was called from is lost once the answer arrives; the stack of now names the line.
  const called = new Error().stack;
  return promise.catch((error: Error) => {
    error.stack = `${error.name}: ${error.message}\n${called?.split('\n').slice(2).join('\n')}`;
    throw error;
  });
}

/** Says which file the child is at work on. */
export const announce = (file: string): void => reply({ type: 'notice', text: file });

function settle(message: Exclude<ParentMessage, { readonly request: ChildRequest }>): void {
  const asked = waiting.get(message.query);
  waiting.delete(message.query);
  if ('rows' in message) asked?.resolve(message.rows);
  else asked?.reject(new StatementError(message.refusal));
}

/** A statement that was not awaited still belongs to the work that began it. */
async function settleAll(): Promise<void> {
  while (waiting.size > 0) {
    for (const { settled } of [...waiting.values()]) await settled;
    await new Promise(setImmediate);
  }
}

function failureOf(error: unknown): ChildReply {
  if (!(error instanceof Error)) return { type: 'failed', reason: `it threw ${String(error)}` };
  const { detail, hint, context, sqlState } = error as Partial<StatementError>;
  const reason = [error.message, detail, hint, context?.startsWith('COPY') ? context : undefined].filter(Boolean).join('; ');
  return { type: 'failed', reason, origin: error.stack, sqlState };
}

async function answer(request: ChildRequest, answers: Answers): Promise<void> {
  try {
    const respond = answers[request.type] as ((request: ChildRequest) => Promise<unknown>) | undefined;
    const value = await respond?.(request);
    await settleAll();
    reply({ type: 'answer', value });
  } catch (error) {
    reply(failureOf(error));
  }
}

/** `naming` as the project states it; a mistake in its settings was told before any child is started. */
const namingOf = (root: string): 'snake_case' | 'verbatim' => {
  const { value } = readProjectFile(root);
  return (value as { readonly naming?: unknown } | null)?.naming === 'verbatim' ? 'verbatim' : 'snake_case';
};

/** Makes this process the child of a project: its models insert through the parent, and it ends when the parent does. */
export function serveParent(answers: Answers): void {
  process.on('message', (message: ParentMessage) => {
    if ('request' in message) void answer(message.request, answers);
    else settle(message);
  });
  // Also what was thrown outside of any request's promise, as by a forgotten await, ends the request.
  process.on('uncaughtException', (error) => reply(failureOf(error)));
  process.on('unhandledRejection', (error) => reply(failureOf(error)));
  dieWithParent();
  registerFastpydHooks();
  useNaming(namingOf(process.cwd()));
  bindModels((text, values) => runStatement(text, values));
}
