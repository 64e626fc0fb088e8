import { setTimeout as delay } from 'node:timers/promises';
import { startDaemon } from '../support/daemon.ts';
import { canSeeProcesses, type Process, processTree, proportionalMib } from '../support/processTree.ts';
import { missing, type Series, series } from '../support/series.ts';
import { DATABASE } from '../support/suggestions.ts';
import type { Measure } from './measure.ts';
import { saveAndTakeBack } from './save.ts';

const SAVES = 4;
const SETTLING_MS = 8_000;
const SAMPLES = 3;
const BETWEEN_MS = 1_000;

/** What the daemon, its loader and its private servers with every backend hold some seconds after the last of a few saves. */
export const memory: Measure = {
  name: 'memory',
  async run({ project, edits }) {
    if (!canSeeProcesses) return [missing('memory.total', project.tables.length, 'not available here: it is read from /proc')];
    await using daemon = await startDaemon(project);
    const { client, pid } = daemon;
    await client.request('suggestion.get', { database: DATABASE });
    for (const edit of edits.additions(SAVES)) await saveAndTakeBack({ project, client, edit, atomic: false });
    await delay(SETTLING_MS);
    const taken: Sample[] = [];
    for (let sample = 0; sample < SAMPLES; sample++) {
      taken.push(takeSample(pid));
      await delay(BETWEEN_MS);
    }
    return PARTS.map((part): Series => {
      const samples = taken.map((each) => each[part]);
      return series(`memory.${part}`, { size: project.tables.length, unit: part === 'processes' ? 'processes' : 'MiB', samples });
    });
  },
};

const PARTS = ['total', 'daemon', 'loader', 'servers', 'processes'] as const;
type Sample = Readonly<Record<(typeof PARTS)[number], number>>;

function takeSample(pid: number): Sample {
  const processes = processTree(pid);
  const sum = (those: (process: Process) => boolean): number =>
    processes.filter(those).reduce((mebibytes, each) => mebibytes + proportionalMib(each.pid), 0);
  return {
    total: sum(() => true),
    daemon: sum((each) => each.pid === pid),
    // Keepers are shells; what else is below the daemon are the servers and their backends.
    loader: sum((each) => each.pid !== pid && each.name === 'node'),
    servers: sum((each) => each.pid !== pid && each.name !== 'node'),
    processes: processes.length,
  };
}
