import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A process as Linux shows it. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The name of its program as its command line has it, such as `node` or `postgres`. */
  readonly name: string;
  /** Used so far, with the children that it waited for. */
  readonly cpuMs: number;
}

// USER_HZ, the unit of times in /proc, is 100 on every architecture that Node runs on: proc_pid_stat(5), time(7).
const TICK_MS = 10;

/** Whether this machine tells of its processes as Linux does. */
export const canSeeProcesses = existsSync('/proc/self/smaps_rollup');

/** A process and everything below it. */
export function processTree(root: number): readonly Process[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const below = (pid: number): readonly Process[] =>
    all.filter((each) => each.parent === pid).flatMap((each) => [each, ...below(each.pid)]);
  return [...all.filter(({ pid }) => pid === root), ...below(root)];
}

/** Nothing for a process that has just ended. */
function readProcess(pid: number): readonly Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Not the name in there, which is that of a thread: Node calls its first one MainThread.
    const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
    const name = basename(program);
    // The fields behind the name in brackets, of which the first is the third of proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
    return [{ pid, name, parent: Number(fields[1]), cpuMs: ticks * TICK_MS }];
  } catch {
    return [];
  }
}

/** What a process and everything below it has used so far, to a hundredth of a second for each process. */
export const treeCpuMs = (root: number): number => processTree(root).reduce((sum, { cpuMs }) => sum + cpuMs, 0);

/** The proportional set size: pages that several processes share count in each with its part, so that the sum is what they take together. */
export function proportionalMib(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_024;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw error;
    return 0;
  }
}
