import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { materialise } from '../../src/shadow/materialise.ts';

/** One golden case: two states of a database. */
export interface Case {
  /** `tables/alter` */
  readonly name: string;
  readonly directory: string;
}

const ROOT = join(import.meta.dirname, '..', 'cases');

/** Every folder `cases/<kind>/<case>` that holds two states. */
export async function findCases(): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (const kind of (await readdir(ROOT)).sort()) {
    for (const name of (await readdir(join(ROOT, kind))).sort()) {
      const directory = join(ROOT, kind, name);
      if (existsSync(join(directory, 'to.sql'))) found.push({ name: `${kind}/${name}`, directory });
    }
  }
  return found;
}

/** Makes a state of a case real, as a project's SQL model would be. */
async function loadState(database: ScratchDatabase, testCase: Case, state: 'from' | 'to'): Promise<void> {
  const text = await readFile(join(testCase.directory, `${state}.sql`), 'utf8');
  const model = readSqlModel(text, `${testCase.name}/${state}.sql`);
  await materialise(database, modelSet([model]));
}

/** Cases that need what an older server does not have say so by a file `since` that holds the major. */
export const supports = async (testCase: Case, major: number): Promise<boolean> => Number((await golden(testCase, 'since')) ?? 0) <= major;

/** A state of a case, as it is and as it looks. */
export async function stateOf(database: ScratchDatabase, testCase: Case, state: 'from' | 'to'): Promise<SchemaSnapshot> {
  await loadState(database, testCase, state);
  return database.session(introspect);
}

/** The text of a golden file, or null where the case has none. */
export async function golden(testCase: Case, file: string): Promise<string | null> {
  const path = join(testCase.directory, file);
  return existsSync(path) ? readFile(path, 'utf8') : null;
}
