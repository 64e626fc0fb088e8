import { readFileSync, rmSync, utimesSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import type { FastpyError } from '../../src/errors.ts';
import { MigrationFolder } from '../../src/migration/migrationFolder.ts';
import { temporaryProject } from '../support/project.ts';

const source = (parent: string | null, up = ''): string =>
  `import { appendFileSync } from 'node:fs';\nimport { migration, sql } from 'fastpyd/migration';
appendFileSync('log', 'x');\nexport default migration({ parent: ${JSON.stringify(parent)}, up: [${up}] });\n`;

async function setup() {
  const place = temporaryProject({ 'migrations/1_a.ts': source(null), 'migrations/2_b.ts': source('1_a') });
  const folder = new MigrationFolder(await loadProject(place.root));
  const path = (name: string): string => place.path('migrations', name);
  return { place, folder, path, loads: () => readFileSync(place.path('log'), 'utf8').length };
}

const idsOf = (migrations: readonly { readonly id: string }[]): string => migrations.map(({ id }) => id).join();

test('nothing is loaded again, and the list is the same, until a text changes', async () => {
  const { place, folder, path, loads } = await setup();
  const before = await folder.read();
  utimesSync(path('2_b.ts'), new Date(), new Date());
  assert.is(await folder.read(), before);
  place.write('migrations/2_b.ts', source('1_a', 'sql`SELECT 1`'));
  const after = await folder.read();
  const count = loads();
  place.remove();
  assert.is(after[0], before[0]);
  assert.equal(after[1]?.up, [{ kind: 'sql', sql: 'SELECT 1' }]);
  assert.is(count, 3);
});

test('with the changed files named, only those are looked at', async () => {
  const { place, folder, path, loads } = await setup();
  const before = await folder.read();
  place.write('migrations/1_a.ts', source(null, 'sql`SELECT 1`'));
  assert.is(await folder.read({ changed: [place.path('models/a.ts')] }), before);
  place.write('migrations/3_c.ts', source('2_b'));
  const grown = await folder.read({ changed: [path('3_c.ts')] });
  assert.is(idsOf(grown), '1_a,2_b,3_c');
  assert.is(grown[0], before[0]);
  assert.is(loads(), 3);
  rmSync(path('3_c.ts'));
  assert.is(idsOf(await folder.read({ changed: [path('3_c.ts')] })), '1_a,2_b');
  assert.is((await folder.read())[0]?.up.length, 1);
  place.remove();
});

test('a file that could not be loaded, or does not fit, is told until it is mended', async () => {
  const { place, folder, path } = await setup();
  await folder.read();
  const codeOf = (): Promise<unknown> => folder.read({ changed: [] }).catch((error: FastpyError) => error.code);
  place.write('migrations/3_c.ts', 'export const = 1');
  await folder.read({ changed: [path('3_c.ts')] }).catch(() => undefined);
  assert.is(await codeOf(), 'MIGRATION_INVALID');
  place.write('migrations/3_c.ts', source('1_a'));
  await folder.read({ changed: [path('3_c.ts')] }).catch(() => undefined);
  assert.is(await codeOf(), 'HISTORY_CONFLICT');
  place.write('migrations/3_c.ts', source('2_b'));
  assert.is(idsOf(await folder.read({ changed: [path('3_c.ts')] })), '1_a,2_b,3_c');
  place.remove();
});

test.run();
