/** Two branches of migrations that were merged, on the real command line: which are brought into one line, which are a conflict, and what resolves it. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const CLASH = { exit: 7, code: 'BRANCHES_CLASH' };
const CONFLICT = { exit: 7, code: 'HISTORY_CONFLICT' };
const USERS = 'CREATE TABLE users (id int PRIMARY KEY);';
const ONE = '20260102000000_one';
const OTHER = '20260103000000_other';

let project: CliProject;
let root = '';
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const branch = (up: string, down: string): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({
  parent: '${root}',
  up: [sql\`${up}\`],
  down: [sql\`${down}\`],
});
`;

const add = (column: string, definition: string): string =>
  branch(`ALTER TABLE users ADD ${column} ${definition}`, `ALTER TABLE users DROP COLUMN ${column}`);
const ids = (): readonly string[] => project.migrations().map((name) => name.replace(/\.ts$/, ''));
const parentOf = (id: string): string | undefined =>
  /parent: '(.*)'/.exec(readFileSync(project.path('migrations', `${id}.ts`), 'utf8'))?.[1];
const applied = async () =>
  (await project.query<{ id: string }>('SELECT id FROM fastpyd.migrations ORDER BY position')).map(({ id }) => id);

/** A history of one migration, and two files that both follow it. */
async function fork(model: string, one: () => string, other: () => string): Promise<void> {
  await project.reset({ 'users.sql': USERS });
  await project.succeed('db:migrate', '-m', 'users');
  root = ids()[0] ?? '';
  project.write('models/users.sql', model);
  project.write(`migrations/${ONE}.ts`, one());
  project.write(`migrations/${OTHER}.ts`, other());
}

const NAMES = 'CREATE TABLE users (id int PRIMARY KEY, a int, b int);';

test('branches of which the order does not count are brought into one line and applied', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => add('b', 'int'),
  );
  assert.match((await project.refused(CONFLICT, 'db:status')).stderr, /both follow .*\n.*db:migrate/);
  assert.match((await project.succeed('db:migrate')).stderr, `${OTHER} now follows ${ONE}, since both orders lead to the same`);
  assert.equal([parentOf(ONE), parentOf(OTHER)], [root, ONE]);
  assert.equal(await applied(), [root, ONE, OTHER]);
  await project.succeed('db:status', '--check');
});

test('what the database has run comes first, whatever its name', async () => {
  await fork(
    NAMES,
    () => add('b', 'int'),
    () => add('a', 'int'),
  );
  const late = readFileSync(project.path('migrations', `${ONE}.ts`), 'utf8');
  project.write(`migrations/${ONE}.ts`, '');
  const { rmSync } = await import('node:fs');
  rmSync(project.path('migrations', `${ONE}.ts`));
  await project.succeed('db:migrate');
  project.write(`migrations/${ONE}.ts`, late);
  await project.succeed('db:migrate');
  assert.is(parentOf(ONE), OTHER);
  assert.equal(await applied(), [root, OTHER, ONE]);
});

test('a branch whose definition is one line is brought into line too', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => add('b', 'int').replace(/\n {2}|,?\n\}/g, (found) => (found.includes('}') ? ' }' : ' ')),
  );
  await project.succeed('db:migrate');
  assert.equal([parentOf(ONE), parentOf(OTHER)], [root, ONE]);
  assert.is(readFileSync(project.path('migrations', `${OTHER}.ts`), 'utf8').match(/parent:/g)?.length, 1);
});

test('branches that clash are a conflict that names both statements, and nothing is changed', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => add('a', 'text'),
  );
  const { stderr } = await project.refused(CLASH, 'db:migrate');
  assert.match(stderr, `migrations/${ONE}.ts:4 ALTER TABLE users ADD a int`);
  assert.match(stderr, `migrations/${OTHER}.ts:4 ALTER TABLE users ADD a text`);
  assert.match(stderr, 'fastpy db:make --rebase');
  assert.equal([parentOf(ONE), parentOf(OTHER)], [root, root]);
  assert.equal(await applied(), [root]);
});

test('--rebase plans the branch that cannot follow anew from the models', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => branch('ALTER TABLE users ADD a int, ADD b int', 'ALTER TABLE users DROP COLUMN a, DROP COLUMN b'),
  );
  assert.match((await project.succeed('db:make', '--rebase')).stderr, `${OTHER} was planned anew behind ${ONE}`);
  assert.is(ids().length, 3);
  const last = ids().find((id) => id !== root && id !== ONE);
  assert.match(last ?? '', /_other$/);
  assert.is(parentOf(last ?? ''), ONE);
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
  await project.succeed('db:verify');
});

test('--rebase lets a branch follow as it is where it runs, and its word is the last', async () => {
  const view = (value: number) => () =>
    branch(`CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT ${value}'`, 'DROP FUNCTION IF EXISTS f()');
  await fork(`${USERS} CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';`, view(1), view(2));
  assert.match((await project.refused(CLASH, 'db:make')).stderr, 'f() is another one in each order');
  await project.succeed('db:make', '--rebase');
  assert.is(parentOf(OTHER), ONE);
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
});

test('--rebase does not throw away data steps: they are named', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => branch('ALTER TABLE users ADD a int; UPDATE users SET a = 1', 'ALTER TABLE users DROP COLUMN a'),
  );
  const { stderr } = await project.refused(CLASH, 'db:make', '--rebase');
  assert.match(stderr, `migrations/${OTHER}.ts`);
  assert.match(stderr, 'UPDATE users SET a = 1');
  assert.ok([ONE, OTHER].every((id) => ids().includes(id)));
});

test('what stands before an applied migration is refused, and let in by the settings where the order does not count', async () => {
  await fork(
    NAMES,
    () => add('a', 'int'),
    () => add('b', 'int').replace(root, ONE),
  );
  await project.succeed('db:migrate');
  await project.query(`ALTER TABLE users DROP COLUMN a; DELETE FROM fastpyd.migrations WHERE id = '${ONE}'`);
  const { stderr } = await project.refused(CONFLICT, 'db:migrate');
  assert.match(stderr, `fastpy db:rollback --to ${root}`);
  project.write('fastpyd.config.json', '{ "outOfOrder": "warn" }');
  assert.match((await project.succeed('db:migrate')).stderr, `${ONE} stands before what is applied already`);
  assert.equal(await applied(), [root, OTHER, ONE]);
  await project.succeed('db:status', '--check');
});

test('what came late and does not commute with what is applied stays a conflict that names the statements', async () => {
  await project.query(`ALTER TABLE users DROP COLUMN a; DELETE FROM fastpyd.migrations WHERE id = '${ONE}'`);
  project.write(`migrations/${ONE}.ts`, branch('ALTER TABLE users ADD a int; ALTER TABLE users DROP COLUMN IF EXISTS b', 'SELECT 1'));
  const { stderr } = await project.refused(CLASH, 'db:migrate');
  assert.match(stderr, 'DROP COLUMN IF EXISTS b');
  assert.match(stderr, `migrations/${OTHER}.ts:4 ALTER TABLE users ADD b int`);
});

test.run();
