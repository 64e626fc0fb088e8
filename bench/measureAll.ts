import { measureApply } from './measures/apply.ts';
import { MEASURES, PEER_MEASURES } from './measures/index.ts';
import type { Measure, Situation } from './measures/measure.ts';
import type { Options } from './options.ts';
import { Edits } from './schema/edits.ts';
import { describeTables } from './schema/tables.ts';
import { runTimed } from './support/command.ts';
import { FASTPY } from './support/installed.ts';
import { say } from './support/progress.ts';
import { createProject, type Project } from './support/project.ts';
import { missing, type Series, series } from './support/series.ts';

const APPLY = 'apply';
const INIT_LIMIT_MS = 600_000;

/** The measurements that `--only` may name. */
export const NAMES: readonly string[] = [...MEASURES, ...PEER_MEASURES].map(({ name }) => name).concat(APPLY);

/** Makes every measurement that is asked for, one after the other. One that does not succeed says why, and the others go on. */
export async function measureAll(options: Options): Promise<readonly Series[]> {
  const all: Series[] = [];
  for (const tables of options.tables) all.push(...(await measureSize(tables, options)));
  if (isAsked(APPLY, options)) {
    say('apply');
    all.push(...(await attempt({ name: APPLY, size: 0 }, () => measureApply(options))));
  }
  return all;
}

async function measureSize(size: number, options: Options): Promise<readonly Series[]> {
  const own = MEASURES.filter(({ name }) => isAsked(name, options));
  const peers = options.skipPeers ? [] : PEER_MEASURES.filter(({ name }) => isAsked(name, options));
  if (own.length + peers.length === 0) return [];
  await using project = createProject(describeTables({ tables: size, seed: options.seed }));
  const situation: Situation = {
    project,
    runs: options.runs,
    budgetMs: options.budgetMs,
    edits: new Edits(project.tables, options.seed),
  };
  const all: Series[] = [];
  if (own.length > 0) {
    say(`${size} tables: the first migration`);
    all.push(...(await attempt({ name: 'init', size }, () => makeFirstMigration(project))));
  }
  for (const measure of [...(all.some(({ samples }) => samples.length === 0) ? [] : own), ...peers])
    all.push(...(await perform(measure, situation)));
  return all;
}

const isAsked = (name: string, { only }: Options): boolean => only?.includes(name) ?? true;

/** From models alone to a migrated database: one run, since every other one would find what the first has kept. */
async function makeFirstMigration({ root, tables }: Project): Promise<readonly Series[]> {
  const command = [...FASTPY, 'db:migrate', '-m', 'init', '--no-daemon', '--project', root] as const;
  const { wallMs } = await runTimed(command, { limitMs: INIT_LIMIT_MS });
  return [series('init.wall', { size: tables.length, unit: 'ms', samples: [wallMs] })];
}

function perform(measure: Measure, situation: Situation): Promise<readonly Series[]> {
  const size = situation.project.tables.length;
  say(`${size} tables: ${measure.name}`);
  return attempt({ name: measure.name, size }, () => measure.run(situation));
}

async function attempt(
  { name, size }: { readonly name: string; readonly size: number },
  run: () => Promise<readonly Series[]>,
): Promise<readonly Series[]> {
  try {
    return await run();
  } catch (error) {
    say(`  ${name}: ${(error as Error).message}`);
    return [missing(name, size, (error as Error).message)];
  }
}
