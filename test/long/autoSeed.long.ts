/** Fills every table of whole schemas without code: `TEST_SCHEMAS=DIR` names a folder of .sql files. What could not be filled is printed with its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openBulk } from '../../src/database/bulk.ts';
import { openScratch } from '../../src/database/scratch.ts';
import { splitSql } from '../../src/load/splitSql.ts';
import { runAuto } from '../../src/seed/runAuto.ts';
import { createDatabase } from '../support/servers.ts';

const FOLDER = process.env.TEST_SCHEMAS;
const COUNT = 200;
const ROUNDS = 4;

/** Statements that come too early are tried again; those of another major are left out. */
async function makeReal(url: string, text: string): Promise<void> {
  const scratch = openScratch(url);
  await scratch.session(async ({ script }) => {
    let left = splitSql(text).map(({ sql }) => sql);
    for (let round = 0; round < ROUNDS; round++) {
      const failed: string[] = [];
      for (const sql of left) await script(sql).catch(() => failed.push(sql));
      left = failed;
    }
  });
  await scratch.close();
}

if (FOLDER === undefined) test.skip('schemas to fill: name their folder in TEST_SCHEMAS', () => undefined);
for (const file of FOLDER === undefined ? [] : readdirSync(FOLDER).filter((name) => name.endsWith('.sql'))) {
  test(`${file} is filled without code`, async () => {
    const target = await createDatabase();
    await makeReal(target.url, readFileSync(join(FOLDER ?? '', file), 'utf8'));
    const database = openBulk(target.url);
    const request = { count: COUNT, randomSeed: 1, nullShare: 0.1, skew: 0, schemas: null, except: [], only: undefined };
    const { seeded, unfilled } = await runAuto({ root: process.cwd(), database, request });
    console.log([`${file}: ${seeded.length} tables`, ...unfilled].join('\n  '));
    await database.close();
    await target.drop();
    assert.ok(seeded.length > 0);
  });
}

test.run();
