import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** Where figures were taken; nothing in it names a host, a user or a folder. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** e.g. `linux-x64`. */
  readonly platform: string;
  /** e.g. `24.21.0`. */
  readonly node: string;
}

/** Describes this machine. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
  };
}

/** How many processes wanted to run, over 1, 5 and 15 minutes: more than a few tenths means that something else did. */
export const loadNow = (): readonly number[] => loadavg().map((load) => Math.round(load * 100) / 100);

/** The commit that is measured, with a `+` where files differ from it; undefined outside a repository. */
export function commitNow(): string | undefined {
  const { stdout, status } = spawnSync('git', ['describe', '--always', '--dirty=+', '--exclude=*'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}
