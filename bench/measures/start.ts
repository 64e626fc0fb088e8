import type { Edit } from '../schema/edits.ts';
import { type Daemon, startDaemon } from '../support/daemon.ts';
import { cloneProject, type Project, saveModel } from '../support/project.ts';
import { repeat } from '../support/repeat.ts';
import { type Series, series } from '../support/series.ts';
import { DATABASE, hearEdit, isVerified, namesEdit } from '../support/suggestions.ts';
import type { Measure, Situation } from './measure.ts';

const MOST_RUNS = 5;

/**
 * From the start of the daemon's process to the first answer of `suggestion.get` that was executed both ways. While no daemon runs, one
 * column is changed, so that the answer is a suggestion and not what the last daemon left. *Warm* finds what an earlier daemon has
 * kept of the project; *cold* is the first start in a fresh clone, whose database is made too.
 */
export const start: Measure = {
  name: 'start',
  async run(situation) {
    const cold = await measured('start.cold', situation, timeInClone);
    // One start for what the first migration did not keep.
    await measured('start.first', { ...situation, runs: 1 }, timeOneStart);
    const warm = await measured('start.warm', situation, timeOneStart);
    return [cold, warm];
  },
};

async function measured(
  id: string,
  { project, runs, budgetMs, edits }: Situation,
  one: (project: Project, edit: Edit) => Promise<number>,
): Promise<Series> {
  const over = edits.additions(Math.min(runs, MOST_RUNS));
  const { results, note } = await repeat({ what: id, over, budgetMs }, (edit) => one(project, edit));
  return series(id, { size: project.tables.length, unit: 'ms', samples: results, note });
}

async function timeInClone(project: Project, edit: Edit): Promise<number> {
  await using clone = cloneProject(project);
  return await timeOneStart(clone, edit);
}

async function timeOneStart(project: Project, edit: Edit): Promise<number> {
  saveModel(project, edit.after);
  try {
    const startedAt = performance.now();
    await using daemon = await startDaemon(project);
    return (await firstVerified(daemon, edit)) - startedAt;
  } finally {
    saveModel(project, edit.before);
  }
}

/** When the edit was known to be proved: by the answer itself, or by what is told after it. */
async function firstVerified({ client }: Daemon, edit: Edit): Promise<number> {
  const told = hearEdit(client, edit);
  told.catch(() => undefined);
  const { suggestion } = await client.request('suggestion.get', { database: DATABASE });
  const answeredAt = performance.now();
  if (!namesEdit(suggestion, edit)) throw new Error(`the first suggestion is not about ${edit.object}`);
  return isVerified(suggestion) ? answeredAt : (await told).verifiedAt;
}
