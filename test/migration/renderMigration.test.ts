import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import { MigrationFolder } from '../../src/migration/migrationFolder.ts';
import type { MigrationText } from '../../src/migration/renderMigration.ts';
import { writeMigration } from '../../src/migration/writeMigration.ts';
import { temporaryProject } from '../support/project.ts';

const NASTY = [
  "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$\nBEGIN\n\tRETURN E'\\\\d+\\n' || '`x`';\r\nEND;\n$$",
  "INSERT INTO t VALUES ('it''s', '\\', '\u202e\u2028\ufeff', '\u{1F600}', '\u0007', '\\u0041', '$$', '\\`', '${', '\\${')",
  'CREATE TABLE "po""sts" (\n  "id" bigint NOT NULL\n)',
  '\\',
  '`',
  '$',
  '-- only a comment',
];
const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\\', '`', '${', '}', '$', '\r\n', '\n', '\r', "'", '"', '0', 'u', 'x', '\u2029', ' '))
    .map((parts) => parts.join('')),
);
const content = fc.record({
  message: text,
  parent: fc.constant(null),
  up: fc.array(text, { maxLength: 4 }),
  down: fc.option(fc.array(text, { maxLength: 4 })),
  baseline: fc.boolean(),
  transaction: fc.boolean(),
});

test('whatever a migration says is read back from its file exactly', async () => {
  const runs = Number(process.env.TEST_RUNS ?? 60);
  const contents: MigrationText[] = fc.sample(content, {
    numRuns: runs,
    ...(process.env.TEST_SEED && { seed: Number(process.env.TEST_SEED) }),
  });
  const place = temporaryProject();
  const project = await loadProject(place.root);
  const written: Migration[] = [];
  for (const each of contents) written.push(await writeMigration(project, { ...each, parent: written.at(-1)?.id ?? null }));
  const read = await new MigrationFolder(project).read();
  assert.equal(read, written);
  for (const [index, { message, up, down }] of contents.entries()) {
    assert.is(read[index]?.message, message);
    assert.equal(
      read[index]?.up.map((step) => step.kind === 'sql' && step.sql),
      up,
    );
    assert.equal(read[index]?.down?.map((step) => step.kind === 'sql' && step.sql) ?? null, down);
  }
  place.remove();
});

test('a file looks as a person would write it', async () => {
  const place = temporaryProject();
  const project = await loadProject(place.root);
  const migration = await writeMigration(project, {
    message: 'add full name to users',
    parent: '20261122174200_create_users',
    up: ['ALTER TABLE "users" ADD COLUMN "full_name" varchar(200)', 'CREATE TABLE "tags" (\n  "id" bigint NOT NULL\n)'],
    down: ['DROP TABLE "tags"', 'ALTER TABLE "users" DROP COLUMN "full_name"'],
    now: new Date('2026-11-23T09:15:00Z'),
  });
  assert.is(migration.id, '20261123091500_add_full_name_to_users');
  assert.is(
    readFileSync(migration.file, 'utf8'),
    `import { migration, sql } from 'fastpyd/migration';

export default migration({
  parent: '20261122174200_create_users',
  up: [
    sql\`ALTER TABLE "users" ADD COLUMN "full_name" varchar(200)\`,
    sql\`CREATE TABLE "tags" (
  "id" bigint NOT NULL
)\`,
  ],
  down: [
    sql\`DROP TABLE "tags"\`,
    sql\`ALTER TABLE "users" DROP COLUMN "full_name"\`,
  ],
});
`,
  );
  place.remove();
});

test('any message becomes a short name of plain letters', async () => {
  const place = temporaryProject();
  const project = await loadProject(place.root);
  const nameOf = async (message: string): Promise<string> =>
    (await writeMigration(project, { message, parent: null, up: [], down: [] })).id.replace(/^\d{14}_/, '');
  assert.is(await nameOf("Add Café / 'quotes' & ../../etc"), 'add_cafe_quotes_etc');
  assert.is(await nameOf('\u{1F600}\u202e'), 'migration');
  assert.is(await nameOf(''), 'migration');
  assert.is(await nameOf('con'), 'con');
  assert.ok((await nameOf('x'.repeat(300))).length <= 60);
  place.remove();
});

test('a new file is later than its parent, and many at once have names of their own', async () => {
  const place = temporaryProject();
  const project = await loadProject(place.root);
  const now = new Date('2026-11-23T09:15:00Z');
  const child = await writeMigration(project, { message: 'b', parent: '20990101235959_a', up: [], down: [], now });
  assert.is(child.id, '20990102000000_b');
  const all = await Promise.all(
    Array.from({ length: 30 }, () => writeMigration(project, { message: 'same', parent: null, up: [], down: [], now })),
  );
  assert.is(new Set(all.map(({ id }) => id)).size, 30);
  place.remove();
});

test('a file that cannot be written leaves nothing behind', async () => {
  const place = temporaryProject({ migrations: 'a file where the folder should be' });
  const project = await loadProject(place.root);
  try {
    await writeMigration(project, { message: 'x', parent: null, up: [], down: [] });
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, 'FILE_NOT_WRITTEN');
  }
  place.remove();
});

test.run();
