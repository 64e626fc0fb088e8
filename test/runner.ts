/** Runs test files with uvu, each in a process of its own, and adds up what they report. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { clearTimeout, setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');
const FILE_LIMIT_MS = 15 * 60_000;
/** For a file that was asked to end, before it is killed. */
const GRACE_MS = 5_000;
const DRAIN_MS = 2_000;
const PARALLEL = 2;

/** How many tests passed and failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Finished {
  readonly exit: number | NodeJS.Signals;
  /** Standard output and standard error as they came, without colours. */
  readonly output: string;
  readonly durationMs: number;
  readonly timedOut: boolean;
}

/** The files of the repository that a pattern finds and whose paths contain one of the words; without words, all. Sorted. */
export async function findTests(pattern: string, words: readonly string[]): Promise<readonly string[]> {
  const files = await Array.fromAsync(glob(pattern, { cwd: root }));
  return files.filter((file) => words.length === 0 || words.some((word) => file.includes(word))).sort();
}

/**
 * Runs the files, two at a time, and prints a line for each; the output of a file that failed is printed in full.
 * @param env  added to the environment of every file
 */
export async function runFiles(files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  const queue = [...files];
  const tallies: Tally[] = [];
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) tallies.push(await runFile(file, env));
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return addTallies(tallies);
}

/** Runs one command as one test of that name. */
export async function runCheck(name: string, command: readonly string[]): Promise<Tally> {
  const finished = await run(command, {});
  const tally = finished.exit === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  report(name, tally, finished);
  return tally;
}

/** The sum of tallies. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, each) => ({ passed: sum.passed + each.passed, failed: sum.failed + each.failed }), { passed: 0, failed: 0 });
}

/** Prints the one line that a test run ends with, and sets the exit code. */
export function conclude({ passed, failed }: Tally): void {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

async function runFile(file: string, env: NodeJS.ProcessEnv): Promise<Tally> {
  const finished = await run(['--import', './test/nameSkips.ts', file], env);
  const tally = tallyOf(finished);
  report(file, tally, finished);
  return tally;
}

/** What uvu's closing lines say; a file that ended badly, or ran nothing at all, counts as one more failure. */
function tallyOf({ exit, output }: Finished): Tally {
  const closing = [...output.matchAll(/^ {2}Total: {5}(\d+)\n {2}Passed: {4}(\d+)\n {2}Skipped: {3}(\d+)$/gm)].at(-1);
  const [total, passed, skipped] = closing ? closing.slice(1).map(Number) : [];
  if (total === undefined || passed === undefined) return { passed: 0, failed: 1 };
  const failed = total - passed;
  const isUnexplained = failed === 0 && (exit !== 0 || (total === 0 && !skipped));
  return { passed, failed: failed + (isUnexplained ? 1 : 0) };
}

function report(name: string, tally: Tally, finished: Finished): void {
  const seconds = `${(finished.durationMs / 1000).toFixed(1)} s`.padStart(8);
  const verdict = tally.failed === 0 ? 'ok  ' : 'FAIL';
  const count = tally.failed === 0 ? `${tally.passed}` : `${tally.passed} passed, ${tally.failed} failed`;
  console.log(`${verdict} ${seconds}  ${name} (${count})`);
  for (const skip of finished.output.match(/^SKIPPED .*$/gm) ?? []) console.log(`     ${skip}`);
  if (tally.failed > 0) console.log(`${indent(finished.output)}\n     ended with ${ending(finished)}`);
}

const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '     | ');

function ending({ exit, timedOut }: Finished): string {
  if (timedOut) return `${exit}, because it had not ended after ${FILE_LIMIT_MS / 60_000} minutes`;
  return typeof exit === 'number' ? `exit code ${exit}` : exit;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  let timedOut = false;
  const limit = startTimer(() => {
    timedOut = true;
    child.kill('SIGTERM');
    startTimer(() => child.kill('SIGKILL'), GRACE_MS);
  }, FILE_LIMIT_MS);
  const closed = once(child, 'close');
  const [code, signal] = await once(child, 'exit');
  clearTimeout(limit);
  // What was said arrives with the pipes' end; a process left behind may hold them open, and is not waited for.
  await Promise.race([closed, setTimeout(DRAIN_MS, undefined, { ref: false })]);
  child.stdout.destroy();
  child.stderr.destroy();
  const output = stripVTControlCharacters(Buffer.concat(chunks).toString());
  return { exit: code ?? signal, output, durationMs: performance.now() - started, timedOut };
}

/** Tests say themselves which database they mean; the caller's must never be one of them. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const isAboutDatabases = (name: string): boolean => name === 'DATABASE_URL' || name.startsWith('PG') || name.startsWith('FASTPYD_');
  const kept = Object.entries(process.env).filter(([name]) => !isAboutDatabases(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}
