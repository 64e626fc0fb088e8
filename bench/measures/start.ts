import type { Edit } from '../schema/edits.ts';
import { type Daemon, startDaemon } from '../support/daemon.ts';
import { forget, type Project, saveModel } from '../support/project.ts';
import { repeat } from '../support/repeat.ts';
import { type Series, series } from '../support/series.ts';
import { DATABASE, hearEdit, isVerified, namesEdit } from '../support/suggestions.ts';
import type { Measure, Situation } from './measure.ts';

const MOST_RUNS = 5;

/**
 * From the start of the daemon's process to the first answer of `suggestion.get` that was executed both ways. While no daemon runs, one
 * column is changed, so that the answer is a suggestion and not what the last daemon left. *Warm* finds what an earlier daemon has
 * kept of the project; *cold* finds the files and the database of the project, and nothing else.
 */
export const start: Measure = {
  name: 'start',
  async run(situation) {
    // One start for whatever the machine has to read from disk.
    await measured(situation, { id: 'start.first', most: 1, before: forget });
    const cold = await measured(situation, { id: 'start.cold', most: MOST_RUNS, before: forget });
    const warm = await measured(situation, { id: 'start.warm', most: MOST_RUNS, before: () => undefined });
    return [cold, warm];
  },
};

async function measured(
  { project, runs, budgetMs, edits }: Situation,
  { id, most, before }: { readonly id: string; readonly most: number; readonly before: (project: Project) => void },
): Promise<Series> {
  const { results, note } = await repeat({ what: id, over: edits.additions(Math.min(runs, most)), budgetMs }, (edit) => {
    before(project);
    return timeOneStart(project, edit);
  });
  return series(id, { size: project.tables.length, unit: 'ms', samples: results, note });
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
