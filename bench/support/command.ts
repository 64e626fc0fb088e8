import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { closing, goOn } from './ending.ts';
import { environment } from './environment.ts';
import { withLimit } from './limit.ts';

/** A whole process, from its start to its end. */
export interface Timed {
  readonly wallMs: number;
  /** On all cores, in user and system mode, with the processes that it waited for. */
  readonly cpuMs: number;
}

export interface CommandOptions {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly limitMs?: number | undefined;
}

const LIMIT_MS = 120_000;
// Only a shell tells of one child what it used, by getrusage(2): /proc rounds to hundredths of a second, and Node does not ask.
// Its figures go to the third stream, so that they do not mix with what the command says.
const SCRIPT = `TIMEFORMAT='%3R %3U %3S'; { time "$@" 2>&4 3>&- 4>&-; } 4>&2 2>&3`;

/** Runs a command to its end, and times it. Rejects with what it complained of when it fails. */
export async function runTimed(command: readonly [string, ...string[]], options: CommandOptions = {}): Promise<Timed> {
  await goOn();
  const child = spawn('bash', ['-c', SCRIPT, 'bash', ...command], {
    cwd: options.cwd,
    env: { ...environment, ...options.env },
    // In a group of its own, so that the command can be ended together with its shell.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  await using _ending = closing(() => endGroup(child));
  const limit = { limitMs: options.limitMs ?? LIMIT_MS, what: nameOf(command) };
  const [stdout, stderr, times, code] = await withLimit(outcomeOf(child), limit);
  if (code !== 0) throw new Error(`${nameOf(command)} ended with ${code}: ${lastLines(stderr || stdout)}`);
  const [real = 0, user = 0, system = 0] = times.split(' ').map((seconds) => Number(seconds) * 1_000);
  return { wallMs: real, cpuMs: user + system };
}

function outcomeOf(child: ChildProcess): Promise<readonly [string, string, string, number | null]> {
  const ended = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  const [, stdout, stderr, times] = child.stdio.map((stream) => (stream && 'read' in stream ? text(stream) : ''));
  return Promise.all([stdout ?? '', stderr ?? '', times ?? '', ended]);
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}

/** A command without its interpreter and without folders: what a person would call it. */
const nameOf = (command: readonly string[]): string =>
  command
    .slice(0, 3)
    .map((word) => word.slice(word.lastIndexOf('/') + 1))
    .join(' ');

const lastLines = (output: string): string => output.trim().split('\n').slice(-4).join(' | ').slice(0, 500);
