import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { declaredRenames } from '../../src/pipeline.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import type { Standing } from './prove.ts';

/** One golden case: two states of a database. */
export interface Case {
  /** `tables/alter` */
  readonly name: string;
  readonly directory: string;
}

const ROOT = join(import.meta.dirname, '..', 'cases');

/** A part of the names of the cases that are looked at; empty for all. */
export const onlyCases = process.env.TEST_CASES ?? '';

/** Every folder `cases/<kind>/<case>` that holds two states. */
export async function findCases(): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (const kind of (await readdir(ROOT)).sort()) {
    for (const name of (await readdir(join(ROOT, kind))).sort()) {
      const directory = join(ROOT, kind, name);
      const isMeant = `${kind}/${name}`.includes(onlyCases);
      if (isMeant && existsSync(join(directory, 'to.sql'))) found.push({ name: `${kind}/${name}`, directory });
    }
  }
  return found;
}

async function modelsOf(testCase: Case, state: 'from' | 'to'): Promise<ModelSet> {
  const text = await readFile(join(testCase.directory, `${state}.sql`), 'utf8');
  return modelSet([readSqlModel(text, `${testCase.name}/${state}.sql`)]);
}

/** Cases that need what an older server does not have say so by a file `since` that holds the major. */
export const supports = async (testCase: Case, major: number): Promise<boolean> => Number((await golden(testCase, 'since')) ?? 0) <= major;

/** Makes a state of a case real, as a project's SQL model would be, and reads it. */
export async function stand(database: ScratchDatabase, testCase: Case, state: 'from' | 'to'): Promise<Standing> {
  const models = await modelsOf(testCase, state);
  await materialise(database, models);
  return { database, snapshot: await database.session(introspect), renames: declaredRenames(models) };
}

/** A state of a case as it looks. */
export const stateOf = async (database: ScratchDatabase, testCase: Case, state: 'from' | 'to'): Promise<SchemaSnapshot> =>
  (await stand(database, testCase, state)).snapshot;

/** The text of a golden file, or null where the case has none. */
export async function golden(testCase: Case, file: string): Promise<string | null> {
  const path = join(testCase.directory, file);
  return existsSync(path) ? readFile(path, 'utf8') : null;
}
