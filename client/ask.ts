import { createInterface } from 'node:readline/promises';
import { type FastpyError, fail, type Question } from '../src/errors.ts';
import type { Answers } from '../src/protocol/methods.ts';
import type { Output } from './output.ts';
import { printable } from './render/printable.ts';

/**
 * Asks on the terminal what an error wants to know.
 * @returns the answers so far with the new ones, to send the request again with
 * @throws the error itself, when the user gives no answer
 */
export async function askFor(error: FastpyError, given: Answers, options: { output: Output; signal: AbortSignal }): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  // While a line is read, the terminal gives Ctrl-C to the reader and not to the process.
  terminal.once('SIGINT', () => process.emit('SIGINT'));
  terminal.once('close', () => ended.abort());
  const signal = AbortSignal.any([options.signal, ended.signal]);
  try {
    let answers = given;
    for (const question of questionsOf(error)) {
      answers = await answer(question, answers, { ask: (prompt) => terminal.question(prompt, { signal }), output: options.output, error });
    }
    return answers;
  } catch (problem) {
    if (options.signal.aborted) throw fail('CANCELLED', { state: 'Nothing was changed.' });
    throw ended.signal.aborted ? error : problem;
  } finally {
    terminal.close();
  }
}

function questionsOf(error: FastpyError): readonly Question[] {
  if (error.code === 'ANSWERS_NEEDED') return (error.facts as { questions: readonly Question[] }).questions;
  const { flag } = error.facts as { flag: string };
  return [{ kind: TYPED.test(flag) ? 'target' : 'drop', message: error.message, flags: [flag] }];
}

interface Asking {
  readonly ask: (prompt: string) => Promise<string>;
  readonly output: Output;
  readonly error: FastpyError;
}

async function answer(question: Question, answers: Answers, asking: Asking): Promise<Answers> {
  asking.output.alert(`${asking.output.paintNote('yellow', '?')} ${printable(question.message)}`);
  const flag = await choose(question.flags, asking);
  return withFlag(answers, await completed(flag, asking));
}

async function choose(flags: readonly string[], { ask, output, error }: Asking): Promise<string> {
  const [only] = flags;
  if (only !== undefined && flags.length === 1) return confirmed(only, { ask, output, error });
  flags.forEach((flag, index) => {
    output.alert(`  ${index + 1}) ${printable(flag)}`);
  });
  const chosen = flags[Number((await ask(`1-${flags.length}, or Enter to stop: `)).trim()) - 1];
  if (chosen === undefined) throw error;
  return chosen;
}

/** Flags that are answered by the name of the database. */
const TYPED = /^(?:--force )?--target (.*)$/s;

/** A `--target` is typed in full, so that nobody confirms the wrong database by habit. */
async function confirmed(flag: string, { ask, error }: Asking): Promise<string> {
  const [, name] = TYPED.exec(flag) ?? [];
  if (name !== undefined) {
    const typed = (await ask('Type the name of the database to go on: ')).trim();
    if (typed !== name) throw error;
    return flag;
  }
  if (/=EXPR$/.test(flag)) return flag;
  const reply = (await ask(`Go on with ${printable(flag)}? [y/N] `)).trim();
  if (!/^y(es)?$/i.test(reply)) throw error;
  return flag;
}

/** Fills the EXPR of `--default table.column=EXPR` in. */
async function completed(flag: string, { ask, error }: Asking): Promise<string> {
  if (!flag.endsWith('=EXPR')) return flag;
  const expression = (await ask('SQL expression for the rows that exist: ')).trim();
  if (expression === '') throw error;
  return flag.slice(0, -'EXPR'.length) + expression;
}

/** The answers with one more flag, e.g. `--drop public.posts.body`. */
export function withFlag(answers: Answers, flag: string): Answers {
  const [, target] = /^--force --target (.*)$/s.exec(flag) ?? [];
  if (target !== undefined) return { ...answers, force: true, target };
  const [, name, value = ''] = /^--([a-z]+)(?:[ =](.*))?$/s.exec(flag) ?? [];
  if (name === 'force') return { ...answers, force: true };
  if (name === 'target') return { ...answers, target: value };
  if (name === 'rename' || name === 'drop' || name === 'default' || name === 'map' || name === 'allow')
    return { ...answers, [name]: [...(answers[name] ?? []), value] };
  throw fail('INTERNAL', { reason: `the question offers ${flag}, which is no answer` });
}
