import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { parseTarget } from '../../src/database/target.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { textChecksumOf } from '../../src/migration/checksum.ts';
import { compareHistory } from '../../src/migration/history.ts';
import { markApplied, readRevisions } from '../../src/migration/ledger.ts';
import { MigrationFolder } from '../../src/migration/migrationFolder.ts';
import { withServer } from '../support/servers.ts';
import { failureOf, migrationSource, type TestHistory, testHistory } from './history.ts';

const apply = async (history: TestHistory) =>
  applyMigrations(history.database, await history.read(), { root: history.project.root, lockTimeoutMs: 5_000 });
const compare = async (history: TestHistory) => compareHistory(await history.read(), await readRevisions(history.database));

const TWO = {
  '20260101000000_a': 'up: [sql`CREATE TABLE a ()`], down: [sql`DROP TABLE a`]',
  '20260102000000_b': 'up: [sql`CREATE TABLE b ()`], down: [sql`DROP TABLE b`]',
};

test('an empty and a missing folder are an empty history', async () => {
  const history = await testHistory({});
  assert.equal(await history.read(), []);
  history.place.write('migrations/.keep', '');
  history.place.write('migrations/_helper.ts', 'throw new Error()');
  assert.equal(await history.read(), []);
  assert.equal(await readRevisions(history.database), []);
  await history.end();
});

for (const [name, parents, sentence] of [
  ['two migrations that follow the same one', { b: 'a', c: 'a' }, '20260102000000_b, 20260103000000_c both follow 20260101000000_a'],
  ['two migrations without a parent', { b: null, c: 'b' }, 'several migrations have no parent: 20260101000000_a, 20260102000000_b'],
  ['a parent that is not there', { b: 'x', c: 'b' }, '20260102000000_b follows x, which does not exist'],
  ['parents in a circle', { b: 'c', c: 'b' }, 'the parents of 20260102000000_b, 20260103000000_c form a circle'],
] as const) {
  test(`${name} are named as a conflict, with what to do`, async () => {
    const ids: Record<string, string> = { a: '20260101000000_a', b: '20260102000000_b', c: '20260103000000_c' };
    const parentOf = (parent: string | null): string => (parent === null ? 'null' : `'${ids[parent] ?? parent}'`);
    const history = await testHistory({
      '20260101000000_a': 'up: []',
      '20260102000000_b': `parent: ${parentOf(parents.b)}, up: []`,
      '20260103000000_c': `parent: ${parentOf(parents.c)}, up: []`,
    });
    const error = await failureOf(history.read());
    assert.is(error.code, 'HISTORY_CONFLICT');
    assert.is(error.exitCode, 7);
    assert.match(error.message, sentence);
    assert.match(error.hint ?? '', /Nothing was changed\. .*parent|Bring that file back/);
    await history.end();
  });
}

for (const [name, source, reason] of [
  ['throws', '\nthrow new Error("not today");', ':2 is not a migration that can be run: not today'],
  ['ends the process', 'process.exit(3);', 'it ended the process (exit code 3)'],
  ['is no TypeScript', '\n\nexport default migration({ parent: null up: [] });', /_bad\.ts:3 is not a migration/],
  ['imports a name that is not there', "\nimport { nope } from 'fastpyd/migration';", /_bad\.ts:2 .*nope/],
  ['exports nothing', 'export const up = [];', 'no default export'],
  ['imports what is not there', "import './nothing.ts';", 'nothing.ts'],
  ['states what a migration does not have', migrationSource('parent: null, up: [], dwon: []'), '"dwon"'],
  ['has a step of no kind', migrationSource('up: [5]'), 'step 1 is neither SQL nor a function'],
  ['speaks for its process', `process.send?.({ type: 'answer', value: [] }); ${migrationSource('up: 5')}`, 'its `up` is not a list'],
] as const) {
  test(`a file that ${name} is named, and does no harm`, async () => {
    const history = await testHistory({ '20260101000000_a': 'up: []' });
    history.place.write('migrations/20260102000000_bad.ts', source);
    const error = await failureOf(history.read());
    assert.is(error.code, 'MIGRATION_INVALID');
    assert.is(error.location?.file, 'migrations/20260102000000_bad.ts');
    assert.match(error.message, reason);
    await history.end();
  });
}

test('where what a file imports is wrong, that is the place', async () => {
  const history = await testHistory({ '20260101000000_a': 'up: []' });
  history.place.write('lib/names.ts', 'export const one = 1;\nexport const two = ;\n');
  history.place.write('migrations/20260102000000_bad.ts', "import '../lib/names.ts';");
  const error = await failureOf(history.read());
  assert.match(error.message, /^migrations\/20260102000000_bad\.ts is not a migration/);
  assert.equal(error.location, { file: 'lib/names.ts', line: 2 });
  await history.end();
});

test('a file that was edited after it was applied is shown with the lines that changed', async () => {
  const history = await testHistory(TWO);
  await apply(history);
  history.place.write(
    'migrations/20260101000000_a.ts',
    migrationSource(`parent: null,\n${TWO['20260101000000_a'].replace('TABLE a', 'TABLE c')}`),
  );
  const error = await failureOf(compare(history));
  assert.is(error.code, 'HISTORY_CONFLICT');
  assert.match(error.message, 'edited after they were applied to this database: 20260101000000_a');
  assert.match(error.message, '- export default migration({ parent: null, up: [sql`CREATE TABLE a ()`]');
  assert.match(error.message, '+ up: [sql`CREATE TABLE c ()`]');
  await history.end();
});

test('line ends and trailing blanks are no edit', async () => {
  const history = await testHistory(TWO);
  await apply(history);
  const source = migrationSource(`parent: null, ${TWO['20260101000000_a']}`);
  history.place.write('migrations/20260101000000_a.ts', source.replaceAll('\n', '  \r\n'));
  assert.is((await compare(history)).applied.length, 2);
  await history.end();
});

test('an applied migration whose file is missing is named', async () => {
  const history = await testHistory(TWO);
  const revisions = await apply(history).then(() => readRevisions(history.database));
  const migrations = (await history.read()).slice(0, 1);
  const error = await failureOf((async () => compareHistory(migrations, revisions))());
  assert.match(error.message, 'their files are missing: 20260102000000_b');
  await history.end();
});

test('a row of the ledger whose checksum is none of its text is refused, and one with the checksum of the first versions is not', async () => {
  const history = await testHistory(TWO);
  const [first, ...others] = await apply(history).then(() => readRevisions(history.database));
  const migrations = await history.read();
  const compareWith = (checksum: string) => compareHistory(migrations, first === undefined ? [] : [{ ...first, checksum }, ...others]);
  assert.is(compareWith(textChecksumOf(first?.source ?? '')).applied.length, 2);
  const error = await failureOf((async () => compareWith('x'))());
  assert.match(error.message, 'the rows of 20260101000000_a in fastpyd.migrations were edited');
  await history.end();
});

test('a migration that stands before an applied one is out of order', async () => {
  const history = await testHistory(TWO);
  const migrations = await history.read();
  const second = migrations[1];
  if (second) await markApplied(history.database, second);
  const error = await failureOf(compare(history));
  assert.match(error.message, '20260101000000_a is not applied, but 20260102000000_b, which follows it, is');
  await history.end();
});

test('another branch that was applied meanwhile is a conflict, and not mixed in', async () => {
  const history = await testHistory(TWO);
  await apply(history);
  history.place.write('migrations/20260102000000_b.ts', migrationSource('parent: null, up: []'));
  const branch = await testHistory({ '20260101000000_a': TWO['20260101000000_a'], '20260103000000_c': 'up: [sql`CREATE TABLE c ()`]' });
  const error = await failureOf(
    applyMigrations(history.database, await branch.read(), { root: branch.project.root, lockTimeoutMs: 1_000 }),
  );
  assert.is(error.code, 'HISTORY_CONFLICT');
  assert.match(error.message, '20260103000000_c and 20260102000000_b');
  assert.is(await history.value(`select to_regclass('c')`), null);
  await branch.end();
  await history.end();
});

test('a baseline is marked as applied without being run', async () => {
  const history = await testHistory({ '20260101000000_baseline': 'baseline: true, up: [sql`CREATE TABLE a ()`], down: []' });
  const [baseline] = await history.read();
  if (baseline) await Promise.all([markApplied(history.database, baseline), markApplied(history.database, baseline)]);
  assert.is(await history.value(`select to_regclass('a')`), null);
  assert.equal(
    (await compare(history)).applied.map(({ revision }) => revision.baseline),
    [true],
  );
  await history.end();
});

test('a ledger of a newer fastpyd is left alone', async () => {
  const history = await testHistory(TWO);
  await apply(history);
  await history.database.session((session) => session.query('update fastpyd.layout set version = 99'));
  for (const work of [() => readRevisions(history.database), () => apply(history)]) {
    const error = await failureOf(work());
    assert.is(error.code, 'HISTORY_CONFLICT');
    assert.match(error.message, 'layout 99');
  }
  await history.end();
});

test('a role that may not create anything needs nothing more than the rows of the ledger', async () => {
  const history = await testHistory(TWO);
  await apply(history);
  const server = await withServer();
  const role = `limited_${process.pid}`;
  const execute = (text: string) => history.database.session((session) => session.query(text));
  await execute(`create role ${role} login`);
  await execute(`grant usage on schema fastpyd to ${role}`);
  await execute(`grant select, insert, update, delete on all tables in schema fastpyd to ${role}`);
  const limited = await openDatabase(server.url(parseTarget(history.url).database, role));
  const migrations = await history.read();
  const { applied, appliedElsewhere } = await applyMigrations(limited, migrations, { root: history.project.root, lockTimeoutMs: 1_000 });
  assert.equal([applied.length, appliedElsewhere.length], [0, 2]);
  await limited.close();
  await execute(`drop owned by ${role}`);
  await execute(`drop role ${role}`);
  await history.end();
});

test('a file that never ends is given up and named', async () => {
  const history = await testHistory({ '20260101000000_a': 'up: []' });
  const folder = new MigrationFolder(history.project, { timeLimitMs: 1_500 });
  history.place.write('migrations/20260102000000_b.ts', 'for (;;);');
  const error = await failureOf(folder.read());
  assert.is(error.code, 'MIGRATION_INVALID');
  assert.match(error.message, 'migrations/20260102000000_b.ts');
  assert.match(error.message, 'did not finish within 1.5 s');
  await history.end();
});

test('only files that changed are loaded again', async () => {
  const history = await testHistory(TWO, { 'count.txt': '' });
  const counting = `import { appendFileSync } from 'node:fs'; appendFileSync(${JSON.stringify(history.place.path('count.txt'))}, 'x');\n`;
  history.place.write('migrations/20260102000000_b.ts', counting + migrationSource(`parent: '20260101000000_a', up: []`));
  const folder = new MigrationFolder(history.project);
  await folder.read();
  history.place.write('migrations/20260101000000_a.ts', migrationSource('parent: null, up: [sql`SELECT 2`]'));
  const [first] = await folder.read();
  assert.equal(first?.up, [{ kind: 'sql', sql: 'SELECT 2' }]);
  assert.is(readFileSync(history.place.path('count.txt'), 'utf8'), 'x');
  await history.end();
});

test.run();
