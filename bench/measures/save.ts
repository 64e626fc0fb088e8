import { setTimeout as delay } from 'node:timers/promises';
import type { FastpyClient } from '../../client/index.ts';
import type { Edit } from '../schema/edits.ts';
import { startDaemon } from '../support/daemon.ts';
import { canSeeProcesses, treeCpuMs } from '../support/processTree.ts';
import { type Project, saveModel } from '../support/project.ts';
import { repeat } from '../support/repeat.ts';
import { series } from '../support/series.ts';
import { DATABASE, type Heard, hearEdit, hearNothingToDo } from '../support/suggestions.ts';
import type { Measure } from './measure.ts';

const WARM_UP = 2;
/** Longer than what a daemon may still be doing after it has told of a save. */
const PAUSE_MS = 100;

/**
 * From just before a model file is written until a client hears of it: of the suggestion, and of the one that was executed both ways.
 * One column is added or removed in one table; then it is taken back, unmeasured, so that each run starts where history ends.
 */
export const save: Measure = {
  name: 'save',
  async run({ project, runs, budgetMs, edits }) {
    await using daemon = await startDaemon(project);
    const { client, pid } = daemon;
    await client.request('suggestion.get', { database: DATABASE });
    const all = edits.alternating(WARM_UP + runs);
    for (const edit of all.slice(0, WARM_UP)) await saveAndTakeBack({ project, client, edit, atomic: false });
    const cpuBefore = cpuOf(pid);
    const { results, note } = await repeat({ what: 'save', over: all.slice(WARM_UP), budgetMs }, (edit, run) =>
      saveAndTakeBack({ project, client, edit, atomic: run % 4 >= 2 }),
    );
    // Taking back is a save too.
    const cpuOfOne = (cpuOf(pid) - cpuBefore) / results.length / 2;
    const taken = { size: project.tables.length, unit: 'ms', note } as const;
    return [
      series('save.suggestion', { ...taken, samples: results.map(({ suggestedAt, savedAt }) => suggestedAt - savedAt) }),
      series('save.verified', { ...taken, samples: results.map(({ verifiedAt, savedAt }) => verifiedAt - savedAt) }),
      series('save.cpu', { ...taken, samples: Number.isFinite(cpuOfOne) ? [cpuOfOne] : [] }),
    ];
  },
};

export interface Save {
  readonly project: Project;
  readonly client: FastpyClient;
  readonly edit: Edit;
  readonly atomic: boolean;
}

/** Of the daemon with its loader and servers; not a number where the machine does not tell. */
const cpuOf = (pid: number): number => (canSeeProcesses ? treeCpuMs(pid) : Number.NaN);

/** One measured save, and an unmeasured one that takes it back. */
export async function saveAndTakeBack({ project, client, edit, atomic }: Save): Promise<Heard & { readonly savedAt: number }> {
  const heard = hearEdit(client, edit);
  const savedAt = performance.now();
  saveModel(project, edit.after, { atomic });
  const times = await heard;
  await delay(PAUSE_MS);
  const takenBack = hearNothingToDo(client);
  saveModel(project, edit.before, { atomic });
  await takenBack;
  await delay(PAUSE_MS);
  return { ...times, savedAt };
}
