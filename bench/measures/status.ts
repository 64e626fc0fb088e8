import { runTimed, type Timed } from '../support/command.ts';
import { startDaemon } from '../support/daemon.ts';
import { FASTPY } from '../support/installed.ts';
import { repeat } from '../support/repeat.ts';
import { series } from '../support/series.ts';
import type { Measure } from './measure.ts';

const BARE_NODE = [process.execPath, '-e', '0'] as const;

/** One run of each, right after each other, so that both meet the same machine. */
interface Pair {
  readonly bare: Timed;
  readonly own: Timed;
}

/** `fastpy db:status` on a warm daemon, as a whole process; and in turn with it a Node that does nothing, which is the least it can cost. */
export const status: Measure = {
  name: 'status',
  async run({ project, runs, budgetMs }) {
    const command = [...FASTPY, 'db:status', '--project', project.root] as const;
    await using _daemon = await startDaemon(project);
    await runTimed(command);
    const over = Array.from({ length: runs });
    const { results, note } = await repeat({ what: 'status', over, budgetMs }, () => runPair(command));
    const taken = { size: project.tables.length, unit: 'ms', note } as const;
    return [
      series('status.wall', { ...taken, samples: results.map(({ own }) => own.wallMs) }),
      series('status.cpu', { ...taken, samples: results.map(({ own }) => own.cpuMs) }),
      series('status.nodeWall', { ...taken, samples: results.map(({ bare }) => bare.wallMs) }),
      series('status.nodeCpu', { ...taken, samples: results.map(({ bare }) => bare.cpuMs) }),
    ];
  },
};

async function runPair(command: readonly [string, ...string[]]): Promise<Pair> {
  return { bare: await runTimed(BARE_NODE), own: await runTimed(command) };
}
