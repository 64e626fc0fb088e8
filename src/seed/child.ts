/** The seeding child: imports seeders and models, and runs seeders away from the daemon. Started through projectChild.ts. */
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { faker } from '@faker-js/faker/locale/en';
import { announce, copyRows, runStatement, serveParent } from '../migration/parentLink.ts';
import { bindModels } from '../model/runtime.ts';
import { autoSeed } from './auto/autoSeed.ts';
import { REFERENCE_DATE } from './auto/scale.ts';
import { describeModules } from './describeModels.ts';
import type { Seeder } from './index.ts';

type Exports = Readonly<Record<string, unknown>>;

const importFile = (file: string): Promise<Exports> => {
  announce(file);
  return import(pathToFileURL(file).href);
};

const isSeeder = (value: unknown): value is Seeder =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Seeder>).run === 'function';

async function seederIn(file: string): Promise<Seeder> {
  const { default: exported } = await importFile(file);
  if (!isSeeder(exported)) throw new Error('it has no default export made with seeder(async ({ count, faker, db, call }) => { … })');
  return exported;
}

/** Run by the parent; a call of one of them has nothing to do any more. */
const seeded = new Set<Seeder>();
/** Run by another seeder; the parent's turn for one of them is over. */
const called = new Set<Seeder>();

async function call(other: Seeder): Promise<void> {
  if (!isSeeder(other)) throw new Error('call(…) takes the default export of another seeder file');
  if (seeded.has(other)) return;
  called.add(other);
  await runSeeder(other, undefined);
}

/** Remembered in the transaction of the seeder, and so only when it succeeds. */
async function isFirstTime(name: string): Promise<boolean> {
  await runStatement('CREATE SCHEMA IF NOT EXISTS fastpyd');
  await runStatement('CREATE TABLE IF NOT EXISTS fastpyd.seeds (name text PRIMARY KEY, seeded_at timestamptz NOT NULL DEFAULT now())');
  return (await runStatement('INSERT INTO fastpyd.seeds (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name', [name])).length === 1;
}

async function runSeeder(seeder: Seeder, count: number | undefined): Promise<void> {
  if (seeder.once !== undefined && !(await isFirstTime(seeder.once))) return;
  const made = await seeder.run({ count, faker, db: { query: runStatement }, call });
  if (typeof (made as Partial<Iterator<unknown>> | undefined)?.next !== 'function') return;
  throw new Error('it is a generator (function*), of which nothing was run; write seeder(async ({ count }) => { … })');
}

/** The files that a seeder says it comes after. */
const filesBefore = (seeder: Seeder, files: ReadonlyMap<Seeder, string>): readonly string[] =>
  seeder.after.flatMap((other) => files.get(other) ?? []);

/** Each seeder has a sequence of its own, so that two of them do not make up the same rows. */
function reseed(file: string, randomSeed: number): void {
  faker.seed([randomSeed, ...Buffer.from(basename(file))]);
  faker.setDefaultRefDate(REFERENCE_DATE);
}

serveParent({
  describeModels: async ({ files }) => {
    const modules = [];
    for (const file of files) modules.push({ file, exports: await importFile(file) });
    return describeModules(modules);
  },
  loadSeeders: async ({ files }) => {
    const seeders = new Map<Seeder, string>();
    for (const file of files) seeders.set(await seederIn(file), file);
    return [...seeders].map(([seeder, file]) => ({ file, after: filesBefore(seeder, seeders) }));
  },
  runSeeder: async ({ file, count, randomSeed }) => {
    const seeder = await seederIn(file);
    if (called.has(seeder)) return false;
    seeded.add(seeder);
    reseed(file, randomSeed);
    await runSeeder(seeder, count);
    return true;
  },
  autoSeed: ({ request }) => autoSeed(request, { query: runStatement, copy: copyRows }),
});

bindModels(runStatement, copyRows);
