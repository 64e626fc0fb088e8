/** `db:squash` on the real command line: what it makes, who recognises it, what it refuses, and what is left when it is killed. */
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { createDatabase } from '../support/servers.ts';
import { assertExit, type CliProject, cliProject } from './cliProject.ts';

const IDS = ['20260101000000_users', '20260101000001_kinds', '20260101000002_names', '20260101000003_last'] as const;
const CONFLICT = { exit: 7, code: 'HISTORY_CONFLICT' };
const REFUSED = { exit: 1, code: 'SQUASH_REFUSED' };

const file = (
  number: number,
  up: readonly string[],
  down: readonly string[],
): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({
  parent: ${number === 0 ? null : `'${IDS[number - 1]}'`},
  up: [
    ${up.map((each) => (each.startsWith('async') ? each : `sql\`${each}\``)).join(',\n    ')},
  ],
  down: [${down.map((each) => `sql\`${each}\``).join(', ')}],
});
`;

const USERS = file(0, ['CREATE TABLE users (id int PRIMARY KEY, first text)'], ['DROP TABLE users']);
const KINDS = file(
  1,
  [
    'CREATE TABLE kinds (id int GENERATED ALWAYS AS IDENTITY, name text, made timestamptz DEFAULT clock_timestamp())',
    "INSERT INTO kinds (name) VALUES ('a'), ('b')",
  ],
  ['DROP TABLE kinds'],
);
const NAMES = file(
  2,
  ['ALTER TABLE users ADD full_name text', 'UPDATE users SET full_name = first', 'ALTER TABLE users DROP COLUMN first'],
  ['ALTER TABLE users ADD first text', 'ALTER TABLE users DROP COLUMN full_name'],
);
const LAST = file(3, ['CREATE INDEX ON users (full_name)'], ['DROP INDEX users_full_name_idx']);

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const path = (id: string | undefined): string => project.path('migrations', `${id}.ts`);
const ids = (): readonly string[] => project.migrations().map((name) => name.replace(/\.ts$/, ''));
const sourceOf = (id: string | undefined): string => readFileSync(path(id), 'utf8');

async function begin(...texts: readonly string[]): Promise<void> {
  await project.reset({});
  for (const [number, text] of texts.entries()) project.write(`migrations/${IDS[number]}.ts`, text);
}

/** An empty database of its own for the command lines that the work runs. */
async function onOtherDatabase(
  work: (
    run: (...args: readonly string[]) => ReturnType<CliProject['run']>,
    query: (text: string) => Promise<readonly unknown[]>,
  ) => Promise<void>,
) {
  const other = await createDatabase();
  const scratch = openScratch(other.url);
  await work(
    (...args) => project.run(args, { env: { DATABASE_URL: other.url } }),
    (text) => scratch.session((session) => session.query(text)),
  );
  await scratch.close();
  await other.drop();
}

test('every migration becomes one with the same catalog and rows; who ran them never runs it', async () => {
  await begin(USERS, KINDS, NAMES, LAST);
  await project.succeed('db:migrate');
  await project.query(`INSERT INTO users VALUES (1, 'Ada')`);
  const { stdout, stderr } = await project.succeed('db:squash', 'First version');
  assert.match(stdout, 'in the place of 4 migrations');
  assert.match(stderr, `left out, since the rows of a new database are the same without it: migrations/${IDS[2]}.ts:6 UPDATE users`);
  assert.equal(ids(), ['20260101000003_first_version']);
  const source = sourceOf(ids()[0]);
  assert.match(source, "'20260101000000_users': '");
  assert.match(source, "INSERT INTO kinds (name) VALUES ('a'), ('b')");
  assert.match((await project.succeed('db:migrate')).stdout, 'Nothing to migrate');
  assert.match((await project.succeed('db:history')).stdout, '20260101000003_first_version');
  assert.equal(await project.query('SELECT full_name FROM users'), [{ full_name: 'Ada' }]);
  await project.succeed('db:verify');
});

test('an empty database runs the squashed migration, and gets the rows that the old ones put there', async () => {
  await onOtherDatabase(async (run, query) => {
    assertExit(await run('db:migrate'), 0, ['db:migrate']);
    assert.equal(await query('SELECT id, name FROM kinds ORDER BY id'), [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ]);
    assert.match((await run('db:rollback', '--force')).stderr, 'rolled back only with --to empty');
    assert.equal(await query('SELECT count(*)::int AS count FROM kinds'), [{ count: 2 }]);
    assertExit(await run('db:rollback', '--to', 'empty', '--force'), 0, ['db:rollback']);
    assert.equal(await query(`SELECT to_regclass('kinds') AS kinds`), [{ kinds: null }]);
  });
});

test('a squash of a squash is recognised by who ran the first files, and rolled back there with all their rows of the ledger', async () => {
  project.write(
    'migrations/20260102000000_more.ts',
    LAST.replace(/'2026\w+'/, `'20260101000003_first_version'`)
      .replace('full_name', 'id, full_name')
      .replace('DROP INDEX users_full_name_idx', 'DROP INDEX users_id_full_name_idx'),
  );
  await project.succeed('db:migrate');
  await project.succeed('db:squash', 'Second version');
  assert.equal(ids(), ['20260102000000_second_version']);
  assert.match((await project.succeed('db:migrate')).stdout, 'Nothing to migrate');
  await project.succeed('db:rollback', '--to', 'empty', '--force');
  assert.equal(await project.query('SELECT id FROM fastpyd.migrations'), []);
  await project.succeed('db:migrate');
  assert.equal(await project.query('SELECT id FROM fastpyd.migrations'), [{ id: '20260102000000_second_version' }]);
});

test('with --to the later ones stay, and the first of them follows the new one', async () => {
  await begin(USERS, KINDS, NAMES, LAST);
  await project.succeed('db:migrate', '--to', IDS[1]);
  await project.refused(CONFLICT, 'db:squash');
  await project.succeed('db:squash', 'Start', '--to', IDS[1]);
  assert.equal(ids(), ['20260101000001_start', IDS[2], IDS[3]]);
  assert.match(sourceOf(IDS[2]), `parent: '20260101000001_start'`);
  await project.succeed('db:migrate');
  await project.succeed('db:verify');
});

test('a database that ran only a part is told what it lacks and what to do', async () => {
  await onOtherDatabase(async (run) => {
    await begin(USERS, KINDS, NAMES);
    assertExit(await run('db:migrate', '--to', IDS[0]), 0, ['db:migrate']);
    await project.succeed('db:squash', 'Start');
    const { stderr } = assertExit(await run('db:migrate'), 7, ['db:migrate']);
    assert.match(stderr, `run only 1 of them; it lacks ${IDS[1]}, ${IDS[2]}`);
    assert.match(stderr, 'db:rollback --steps 1');
  });
});

test('files that a killed squash left count as replaced, and go with the next one; an edited one is a conflict', async () => {
  await begin(USERS, KINDS, NAMES);
  await project.succeed('db:migrate');
  await project.succeed('db:squash', 'Start');
  project.write(`migrations/${IDS[1]}.ts`, KINDS);
  assert.match((await project.succeed('db:migrate')).stdout, 'Nothing to migrate');
  assert.match((await project.succeed('db:squash')).stdout, IDS[1]);
  assert.not(existsSync(path(IDS[1])));
  project.write(`migrations/${IDS[1]}.ts`, KINDS.replace("'b'", "'c'"));
  const { stderr } = await project.refused(CONFLICT, 'db:status');
  assert.match(stderr, `replaces ${IDS[1]}, whose file is there in another form`);
});

test('rows that cannot come about in the last state are a refusal that names file and line, and nothing is changed', async () => {
  const rows = file(1, ["INSERT INTO users VALUES (1, 'Ada')"], ['DELETE FROM users']);
  await begin(USERS, rows, NAMES.replace('= first', '= upper(first)'));
  const { stderr } = await project.refused(REFUSED, 'db:squash');
  assert.match(stderr, `migrations/${IDS[1]}.ts:5 INSERT INTO users VALUES (1, 'Ada')`);
  assert.match(stderr, `migrations/${IDS[2]}.ts:6 UPDATE users`);
  assert.equal(ids(), IDS.slice(0, 3));
});

test('a function that changes nothing in an empty database is left out and named; one that brings rows is refused', async () => {
  await begin(USERS, file(1, ['async ({ query, sql }) => { await query(sql`UPDATE users SET first = id::text`); }'], ['SELECT 1']));
  assert.match((await project.succeed('db:squash', '--dry-run')).stderr, `${IDS[1]}.ts:5 a function`);
  assert.equal(ids(), IDS.slice(0, 2));
  await begin(
    USERS,
    file(1, ["async ({ query, sql }) => { await query(sql`INSERT INTO users VALUES (1, 'Ada')`); }"], ['DELETE FROM users']),
  );
  assert.match((await project.refused(REFUSED, 'db:squash')).stderr, `${IDS[1]}.ts:5 a function`);
});

test('a single migration is nothing to squash', async () => {
  await begin(USERS);
  assert.match((await project.succeed('db:squash')).stdout, 'Nothing to squash');
});

test.run();
