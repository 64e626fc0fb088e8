/** Files of applied migrations that were edited, renamed or removed, on the real command line, and what brings them back. */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const CONFLICT = { exit: 7, code: 'HISTORY_CONFLICT' };
const ID = '20260101000000_users';
const SOURCE = `import { migration, sql } from 'fastpyd/migration';
export default migration({
  parent: null,
  up: [
    sql\`CREATE TABLE users (id int PRIMARY KEY, name text)\`,
    sql\`CREATE INDEX ON users (name)\`,
  ],
  down: [sql\`DROP TABLE users\`],
});
`;

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const FILE = `migrations/${ID}.ts`;
const text = (): string => readFileSync(project.path(FILE), 'utf8');

async function begin(): Promise<void> {
  await project.reset({ 'users.sql': 'CREATE TABLE users (id int PRIMARY KEY, name text); CREATE INDEX ON users (name);' });
  project.write(FILE, SOURCE);
  await project.succeed('db:migrate');
}

test('comments, blanks, line ends and the form of the file are no edit', async () => {
  await begin();
  const other = SOURCE.replace('CREATE TABLE users (id', '-- who\n      CREATE   TABLE users /* all */ (id').replace(
    'up: [',
    '// first\n  up: [',
  );
  project.write(FILE, other.replaceAll('\n', '\r\n'));
  await project.succeed('db:status', '--check');
});

test('an edit is shown place by place, and undone by --restore, which keeps it beside', async () => {
  await begin();
  const edited = SOURCE.replace('name text', 'name varchar').replace('DROP TABLE users', 'DROP TABLE IF EXISTS users');
  project.write(FILE, edited);
  const { stderr } = await project.refused(CONFLICT, 'db:migrate');
  for (const line of [
    'line 5:',
    '- *sql`CREATE TABLE users (id int PRIMARY KEY, name text)`',
    'line 8:',
    '+ *down: [sql`DROP TABLE IF EXISTS users`]',
  ])
    assert.match(stderr, new RegExp(line.replace(/[`()[\]]/g, '\\$&').replace('+', '\\+')));
  assert.not.match(stderr, 'CREATE INDEX');
  assert.match(stderr, `fastpy db:history --restore ${ID}`);
  await project.succeed('db:history', '--restore', ID);
  assert.is(text(), SOURCE);
  assert.is(readFileSync(project.path(`${FILE}.edited`), 'utf8'), edited);
  await project.succeed('db:status', '--check');
});

test('what was edited is kept, however often its migration is restored', async () => {
  await begin();
  const edits = ['name varchar', 'name char(9)'].map((type) => SOURCE.replace('name text', type));
  for (const edited of edits) {
    project.write(FILE, edited);
    await project.succeed('db:history', '--restore', ID);
    await project.succeed('db:history', '--restore', ID);
    assert.is(text(), SOURCE);
  }
  assert.equal(
    ['.edited', '.edited2'].map((end) => readFileSync(project.path(`${FILE}${end}`), 'utf8')),
    edits,
  );
});

test('a file that is gone is named, and comes back from the ledger', async () => {
  await begin();
  rmSync(project.path(FILE));
  assert.match((await project.refused(CONFLICT, 'db:status')).stderr, `their files are missing: ${ID}`);
  assert.match((await project.succeed('db:history', '--restore', ID)).stderr, `Wrote ${FILE}`);
  assert.is(text(), SOURCE);
  await project.succeed('db:status', '--check');
  await project.refused({ exit: 64, code: 'USAGE' }, 'db:history', '--restore', 'nothing');
});

test('a file that was renamed is named with both names', async () => {
  await begin();
  renameSync(project.path(FILE), project.path('migrations/20260101000000_people.ts'));
  const { stderr } = await project.refused(CONFLICT, 'db:status');
  assert.match(stderr, `${ID} is now 20260101000000_people`);
  assert.match(stderr, `mv 20260101000000_people.ts ${ID}.ts`);
});

test.run();
