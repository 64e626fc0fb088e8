import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { prove, type Standing } from '../support/prove.ts';
import { withServer } from '../support/servers.ts';

/** Folders, separated by `:`, in which `a.sql` beside `b.sql` are two states of one database; none come with the project. */
const folders = (process.env.TEST_PAIRS ?? '').split(':').filter((folder) => folder !== '');
const majors = (process.env.TEST_MAJORS ?? '18,15').split(',');

async function findPairs(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => /(^|\/)a\.sql$/.test(file))
    .map((file) => join(folder, file, '..'))
    .filter((pair) => existsSync(join(pair, 'b.sql')))
    .toSorted();
}

async function stateOf(database: ScratchDatabase, file: string): Promise<Standing> {
  await materialise(database, modelSet([readSqlModel(await readFile(file, 'utf8'), file)]));
  return { database, snapshot: await database.session(introspect) };
}

const corpus = suite('pairs of schemas that others wrote');

for (const server of [await withServer(18), await withServer(15)]) {
  if (server === null || !majors.includes(String(server.major))) continue;
  const shadow = await Shadow.open(server, 'postgres');
  corpus.after(() => shadow.close());
  for (const folder of folders) {
    for (const pair of await findPairs(folder)) {
      corpus(`${relative(folder, pair)} on PostgreSQL ${server.major}: up reaches b, down reaches a, and no catalog tells otherwise`, () =>
        shadow.scratch((before) =>
          shadow.scratch(async (after) => {
            const { unexplained } = await prove(await stateOf(before, join(pair, 'a.sql')), await stateOf(after, join(pair, 'b.sql')));
            assert.equal(unexplained, []);
          }),
        ),
      );
    }
  }
}

if (folders.length === 0) corpus.skip('pairs of schemas: name their folders in TEST_PAIRS', () => undefined);

corpus.run();
