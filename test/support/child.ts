import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { atExit } from './atExit.ts';

/** A process of its own, for tests of what outlives one. */
export interface Child {
  readonly pid: number;
  /** The next line of its standard output, parsed as JSON. Rejects with what it complained of when it ends before one. */
  next<T>(): Promise<T>;
  /** Sends the signal and resolves when the process has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** The same for its whole process group, as a terminal or a supervisor does. */
  killGroup(signal: NodeJS.Signals): Promise<void>;
}

interface ChildOptions {
  readonly uid?: number | undefined;
  readonly cwd?: string | undefined;
  /** A command that runs the rest of its line in place of itself, e.g. in another network. */
  readonly through?: readonly string[] | undefined;
}

/**
 * Runs this module text under Node; `src` in it is the URL of our source folder: `await import(src + 'lifecycle/lock.ts')`.
 * It tells results with `tell(value)`.
 */
export function runChild(code: string, options: ChildOptions = {}): Child {
  const src = new URL('../../src/', import.meta.url).href;
  const prelude = `const src = ${JSON.stringify(src)}; const tell = (value) => console.log(JSON.stringify(value));`;
  const account = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const [program = '', ...args] = [...(options.through ?? []), process.execPath, '--input-type=module', '-e', `${prelude}\n${code}`];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd ?? '/',
    detached: true,
    ...account,
  });
  atExit(() => child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  return {
    pid,
    next: lineReader(child),
    kill: (signal) => ended(child, () => process.kill(pid, signal)),
    killGroup: (signal) => ended(child, () => process.kill(-pid, signal)),
  };
}

function lineReader(child: ChildProcess): <T>() => Promise<T> {
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint += text;
  });
  const lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  return async <T>() => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the child ended: ${complaint}`);
    return JSON.parse(value) as T;
  };
}

function ended(child: ChildProcess, end: () => void): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    end();
  });
}
