import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FastpyClient } from '../../client/index.ts';
import type { Edit } from '../schema/edits.ts';
import { runTimed } from '../support/command.ts';
import { startDaemon } from '../support/daemon.ts';
import { FASTPY } from '../support/installed.ts';
import { type Project, saveModel } from '../support/project.ts';
import { repeat } from '../support/repeat.ts';
import { series } from '../support/series.ts';
import { DATABASE, hearEdit, namesEdit, untilSuggestion } from '../support/suggestions.ts';
import type { Measure } from './measure.ts';

const MOST_RUNS = 20;

/**
 * `fastpy db:make` on a warm daemon, as a whole process that ends with a migration file: when the suggestion is there already, and
 * (`afterSave`) from just before the model is written, which is what the whole commands of other tools are to be compared with.
 */
export const make: Measure = {
  name: 'make',
  async run({ project, runs, budgetMs, edits }) {
    await using daemon = await startDaemon(project);
    const { client } = daemon;
    await client.request('suggestion.get', { database: DATABASE });
    const count = Math.min(runs, MOST_RUNS);
    const time = async (id: string, runCount: number, one: (making: Making) => Promise<number>) => {
      const over = edits.additions(runCount);
      const { results, note } = await repeat({ what: id, over, budgetMs }, (edit) => one({ project, client, edit }));
      return series(id, { size: project.tables.length, unit: 'ms', samples: results, note });
    };
    await time('make.first', 1, makeWhenSuggested);
    return [await time('make.wall', count, makeWhenSuggested), await time('make.afterSave', count, makeAtOnce)];
  },
};

interface Making {
  readonly project: Project;
  readonly client: FastpyClient;
  readonly edit: Edit;
}

async function makeWhenSuggested(making: Making): Promise<number> {
  const heard = hearEdit(making.client, making.edit);
  saveModel(making.project, making.edit.after);
  await heard;
  const madeAt = performance.now();
  await makeMigration(making);
  const tookMs = performance.now() - madeAt;
  await takeBack(making);
  return tookMs;
}

async function makeAtOnce(making: Making): Promise<number> {
  const savedAt = performance.now();
  saveModel(making.project, making.edit.after);
  await makeMigration(making);
  const tookMs = performance.now() - savedAt;
  await takeBack(making);
  return tookMs;
}

async function makeMigration({ project, edit }: Making): Promise<void> {
  await runTimed([...FASTPY, 'db:make', `Change ${edit.object}`, '--project', project.root]);
}

/** Removes the migration, which has to be about the edit alone, and then the edit. */
async function takeBack({ project, client, edit }: Making): Promise<void> {
  const folder = join(project.root, 'migrations');
  const file = join(folder, readdirSync(folder).sort().at(-1) ?? '');
  const text = readFileSync(file, 'utf8');
  if (!text.includes('ADD COLUMN') || !text.includes(edit.object.replace(/^.*\./, '')))
    throw new Error(`${file} is not about ${edit.object}`);
  rmSync(file);
  await untilSuggestion(client, (suggestion) => namesEdit(suggestion, edit));
  saveModel(project, edit.before);
  await untilSuggestion(client, (suggestion) => suggestion === null);
}
