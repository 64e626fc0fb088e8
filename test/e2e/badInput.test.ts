import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { temporaryProject } from '../support/project.ts';
import { createDatabase } from '../support/servers.ts';
import { assertExit, assertRefused, type CliProject, cliProject, type Refusal } from './cliProject.ts';

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);\n';
const TAGS = `import { column, table } from 'fastpyd/model';
export const Tag = table('tags', { id: column.integer().primaryKey() });\n`;

let project: CliProject;
let pid: number | undefined;
test.before(async () => {
  project = await cliProject({ files: { 'models/users.sql': USERS, 'models/tag.ts': TAGS } });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO users VALUES (1, 'Ada')`);
  pid = project.daemonPid();
});
test.after.each(() => assert.is(project.daemonPid(), pid, 'the daemon lives on'));
test.after(() => project.end());

const state = async () => ({
  files: project.migrations(),
  ledger: await project.query('SELECT * FROM fastpyd.migrations'),
  users: await project.query('SELECT * FROM users'),
});

/** The commands are refused like this, and neither a file nor the database has changed. */
async function refusesAll(refusal: Refusal, commands: readonly (readonly string[])[]): Promise<string> {
  const before = await state();
  const refusals = await Promise.all(commands.map((command) => project.refused(refusal, ...command)));
  assert.equal(await state(), before);
  return refusals.map(({ stderr }) => stderr).join('\n');
}

/** With this model file beside the good ones. */
async function withModel(file: string, text: string | Buffer, work: () => Promise<void>): Promise<void> {
  writeFileSync(project.path('models', file), text);
  await work().finally(() => rmSync(project.path('models', file)));
}

interface BadModel {
  readonly title: string;
  readonly file: string;
  readonly text: string | Buffer;
  readonly code: string;
  readonly says: readonly (string | RegExp)[];
}

const badModels: readonly BadModel[] = [
  {
    title: 'a TypeScript model that does not parse',
    file: 'bad.ts',
    text: `import { table } from 'fastpyd/model';\n\nexport const Bad = table('bad', {;\n`,
    code: 'MODEL_LOAD_FAILED',
    says: ['models/bad.ts:3'],
  },
  {
    title: 'a TypeScript model that throws',
    file: 'bad.ts',
    text: `const settings: string | undefined = undefined;\n\nthrow new TypeError('no settings here');\n`,
    code: 'MODEL_LOAD_FAILED',
    says: ['models/bad.ts:3', 'no settings here'],
  },
  {
    title: 'a TypeScript model that ends its process',
    file: 'bad.ts',
    text: 'process.exit(0);\n',
    code: 'MODEL_LOAD_FAILED',
    says: ['models/bad.ts'],
  },
  {
    title: 'a TypeScript model that imports what is not there',
    file: 'bad.ts',
    text: `import { User } from './usr.ts';\nconsole.log(User);\n`,
    code: 'MODEL_LOAD_FAILED',
    says: ['models/bad.ts:1', 'usr.ts'],
  },
  {
    title: 'a SQL model that does not parse',
    file: 'bad.sql',
    text: 'CREATE TABLE good (id int);\nCREATE TABEL bad (id int);\n',
    code: 'MODEL_REJECTED',
    says: ['models/bad.sql:2', 'TABEL'],
  },
  {
    title: 'a SQL model with a quote that never ends',
    file: 'bad.sql',
    text: `CREATE TABLE bad (\n  id int DEFAULT 'x\n);\n`,
    code: 'MODEL_LOAD_FAILED',
    says: [/models\/bad\.sql:\d/],
  },
  {
    title: 'a SQL model that names a table that is not there',
    file: 'bad.sql',
    text: 'CREATE TABLE good (id int);\n\nCREATE TABLE bad (user_id int REFERENCES usres (id));\n',
    code: 'MODEL_REJECTED',
    says: ['models/bad.sql:3', 'usres'],
  },
  {
    title: 'a TypeScript model that names a table that is not there',
    file: 'bad.ts',
    text: `import { sql, view } from 'fastpyd/model';\n\nexport const Bad = view('bad', sql\`select id from usres\`);\n`,
    code: 'MODEL_REJECTED',
    says: [/models\/bad\.ts:3/, 'usres'],
  },
  {
    title: 'two SQL models with the same table',
    file: 'bad.sql',
    text: USERS,
    code: 'MODEL_DUPLICATE',
    says: ['models/bad.sql:1', 'models/users.sql:1', 'users'],
  },
  {
    title: 'two TypeScript models with the same table',
    file: 'bad.ts',
    text: TAGS,
    code: 'MODEL_DUPLICATE',
    says: ['models/bad.ts:2', 'models/tag.ts:2', 'tags'],
  },
  {
    title: 'a TypeScript and a SQL model with the same table',
    file: 'bad.ts',
    text: TAGS.replace('tags', 'users'),
    code: 'MODEL_DUPLICATE',
    says: ['models/bad.ts:2', 'models/users.sql:1', 'users'],
  },
  {
    title: 'a SQL model that is not UTF-8 text',
    file: 'bad.sql',
    text: Buffer.from([0x2d, 0x2d, 0xff, 0xfe]),
    code: 'MODEL_LOAD_FAILED',
    says: ['models/bad.sql', 'UTF-8'],
  },
];
for (const { title, file, text, code, says } of badModels)
  test(`${title} is refused with its place`, () =>
    withModel(file, text, async () => {
      const said = await refusesAll({ exit: 1, code }, [['db:migrate', '-m', 'x']]);
      const status = await project.run(['db:status'], {});
      assertExit(status, 1, ['db:status']);
      assert.match(status.stdout, 'Applied:', 'where the database stands is shown all the same');
      for (const part of [`[${code}]`, ...says]) assert.match(status.stderr, part);
      for (const part of says) assert.match(said, part);
    }));

test('a model that loops for ever is ended after its time', () =>
  withModel('bad.ts', 'for (;;);\n', async () => {
    const said = await refusesAll({ exit: 1, code: 'MODEL_LOAD_FAILED' }, [['db:make', 'x']]);
    assert.match(said, 'models/bad.ts');
  }));

test('when the bad models are gone, everything is as before', () => project.succeed('db:status', '--check').then(() => undefined));

test('a setting with a typing error is refused with the one that was meant', async () => {
  project.write('fastpyd.config.json', '{ "modles": ["models/*.sql"], "lockTimeout": "soon" }');
  const said = await refusesAll({ exit: 64, code: 'CONFIG_INVALID' }, [['db:status'], ['db:migrate', '-m', 'x', '--no-daemon']]);
  for (const part of ['modles', 'did you mean models', 'lockTimeout']) assert.match(said, part);
  project.write('fastpyd.config.json', '{ "models": [ }');
  assert.match(await refusesAll({ exit: 64, code: 'CONFIG_INVALID' }, [['db:status']]), 'line 1, column');
  project.write('fastpyd.config.json', '{}');
  await project.succeed('db:status', '--check');
});

const password = 'hunter2';
const unreachable = (url: string) => async (): Promise<void> => {
  const commands = [['db:status'], ['db:migrate', '-m', 'x'], ['db:status', '--no-daemon']];
  const before = project.migrations();
  for (const ran of await Promise.all(commands.map((command) => project.run(command, { env: { DATABASE_URL: url } })))) {
    assertRefused(ran, { exit: 6, code: 'DATABASE_UNREACHABLE' }, ['…']);
    assert.not.match(ran.stderr, password);
  }
  assert.equal(project.migrations(), before);
};

test('a database that does not exist is told as such, without the password', async () => {
  const { host } = new URL(project.url);
  await unreachable(`postgresql://postgres:${password}@${host}/nothing_here`)();
});

test('a port where nobody listens is told as such', unreachable(`postgresql://me:${password}@127.0.0.1:1/x`));

test('a server for scratch databases that cannot be reached is not called the database', async () => {
  const config = readFileSync(project.path('fastpyd.config.json'), 'utf8');
  project.write('fastpyd.config.json', '{ "shadow": "postgresql://me:secret@127.0.0.1:1/x" }');
  const ran = await project.run(['db:status'], {});
  project.write('fastpyd.config.json', config);
  assertRefused(ran, { exit: 6, code: 'SHADOW_UNREACHABLE' }, ['db:status']);
  assert.match(ran.stderr, '"shadow"');
  assert.not.match(ran.stderr, 'secret');
  await project.succeed('db:status', '--check');
});

test('a server that accepts and never answers is given up', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const ran = await project.run(['db:status'], { env: { DATABASE_URL: `postgresql://me@127.0.0.1:${port}/x` } });
  assertRefused(ran, { exit: 6, code: 'DATABASE_UNREACHABLE' }, ['db:status']);
  server.close();
});

test('a URL that is none is refused before anything is asked', async () => {
  const ran = await project.run(['db:status'], { env: { DATABASE_URL: 'mysql://localhost/x' } });
  assertRefused(ran, { exit: 64, code: 'USAGE' }, ['db:status']);
});

const migrationFile = () => project.path('migrations', project.migrations()[0] ?? '');

test('a migration that was edited after it was applied is a conflict', async () => {
  const text = readFileSync(migrationFile(), 'utf8');
  writeFileSync(migrationFile(), text.replace('"name" text', '"name" varchar'));
  const said = await refusesAll({ exit: 7, code: 'HISTORY_CONFLICT' }, [
    ['db:migrate', '-m', 'x'],
    ['db:migrate'],
    ['db:make', 'x'],
    ['db:rollback'],
    ['db:status'],
    ['db:status', '--no-daemon'],
  ]);
  assert.match(said, project.migrations()[0]?.replace('.ts', '') ?? '');
  writeFileSync(migrationFile(), text);
  await project.succeed('db:status', '--check');
});

test('a migration that was deleted after it was applied is a conflict', async () => {
  const [file, text] = [migrationFile(), readFileSync(migrationFile(), 'utf8')];
  rmSync(file);
  await refusesAll({ exit: 7, code: 'HISTORY_CONFLICT' }, [['db:migrate', '-m', 'x'], ['db:rollback'], ['db:status']]);
  writeFileSync(file, text);
  await project.succeed('db:status', '--check');
});

const migrationText = (parts: string): string =>
  `import { migration, sql } from 'fastpyd/migration';\nexport default migration({ parent: '${project.migrations()[0]?.replace('.ts', '')}', ${parts} });\n`;

/** With this file in the history; afterwards everything is well again. */
async function withMigration(name: string, parts: string, work: () => Promise<void>): Promise<void> {
  const file = project.path('migrations', name);
  writeFileSync(file, migrationText(parts));
  await work().finally(() => rmSync(file));
  await project.succeed('db:status', '--check');
}

test('a migration that fails half way changes nothing and says where', () =>
  withMigration('20990101000000_bad.ts', 'up: [sql`CREATE TABLE half (id int)`, sql`INSERT INTO usres VALUES (1)`], down: []', async () => {
    const said = await refusesAll({ exit: 1, code: 'STATEMENT_FAILED' }, [['db:migrate']]);
    for (const part of ['step 2 of 20990101000000_bad', 'usres', 'Nothing of 20990101000000_bad was applied']) assert.match(said, part);
    assert.equal(await project.query(`SELECT to_regclass('public.half') AS half`), [{ half: null }]);
  }));

test('a rollback whose down is missing changes nothing', () =>
  withMigration('20990101000000_oneway.ts', 'up: [sql`CREATE TABLE oneway (id int)`]', async () => {
    await project.succeed('db:migrate');
    const said = await refusesAll({ exit: 1, code: 'ROLLBACK_IMPOSSIBLE' }, [
      ['db:rollback'],
      ['db:rollback', '--dry-run'],
      ['db:rollback', '--steps', '2'],
    ]);
    assert.match(said, '20990101000000_oneway');
    await project.query(`DROP TABLE oneway; DELETE FROM fastpyd.migrations WHERE id = '20990101000000_oneway'`);
  }));

test('two migrations with one parent that clash are a conflict that names both', () =>
  withMigration('20990101000000_left.ts', 'up: [sql`CREATE TABLE fork (a int)`], down: []', async () => {
    const file = project.path('migrations/20990101000001_right.ts');
    writeFileSync(file, migrationText('up: [sql`CREATE TABLE fork (b int)`], down: []'));
    const before = await state();
    const { stderr } = await project.refused({ exit: 7, code: 'BRANCHES_CLASH' }, 'db:migrate');
    for (const part of ['20990101000000_left', '20990101000001_right']) assert.match(stderr, part);
    assert.equal(await state(), before);
    rmSync(file);
  }));

for (const steps of ['0', 'x', '-1', '1.5', '2', '999999999'])
  test(`--steps ${steps} is refused`, async () => {
    await refusesAll({ exit: 64, code: 'USAGE' }, [['db:rollback', '--steps', steps]]);
  });

const messages = [
  `it's "quoted" \`and\` \${more}`,
  '../../up / and \\ down',
  'émoji 🎉 and 漢字',
  'x'.repeat(300),
  'two\nlines */ // --',
  '🎉',
];
test('a message of any characters becomes a file name, and comes back as it was', async () => {
  const [first] = project.migrations();
  for (const message of messages) await project.succeed('db:make', message, '--empty');
  const made = project.migrations().filter((file) => file !== first);
  for (const file of made) assert.match(file, /^\d{14}_[\p{Ll}\p{Lo}\p{N}_]{1,60}\.ts$/u);
  const { applied } = JSON.parse((await project.succeed('db:migrate', '--json')).stdout);
  assert.equal(
    applied.map(({ message }: { message: string }) => message),
    messages,
  );
  await project.succeed('db:rollback', '--steps', String(messages.length));
  for (const file of made) rmSync(project.path('migrations', file));
  await project.succeed('db:status', '--check');
});

test('models that match no file are a question, and --force answers it', async () => {
  project.write('fastpyd.config.json', '{ "models": ["modles/**/*.sql"] }');
  const asked = { exit: 3, code: 'ANSWERS_NEEDED' };
  const said = await refusesAll(asked, [['db:migrate', '-m', 'x'], ['db:make']]);
  assert.match(said, 'drop everything that history made?');
  assert.match(said, '--force');
  project.write('fastpyd.config.json', '{}');
  await project.succeed('db:status', '--check');
});

test('without a history, the question about models that match no file speaks of the database', async () => {
  const other = await createDatabase();
  const scratch = openScratch(other.url);
  await scratch.session((session) => session.script('CREATE TABLE legacy (id int)'));
  await scratch.close();
  const folder = temporaryProject();
  const ran = await project.run(['db:make', '--no-daemon'], { cwd: folder.root, env: { DATABASE_URL: other.url } });
  assertRefused(ran, { exit: 3, code: 'ANSWERS_NEEDED' }, ['db:make']);
  assert.match(ran.stderr, 'drop everything that the database has in the schema public?');
  folder.remove();
  await other.drop();
});

test('patterns and folders of the settings that find no file are warned of', async () => {
  const settings = { models: ['models/**/*.{ts,sql}', 'modles/*.sql'], seeders: 'seedres' };
  const pattern = 'the pattern "modles/*.sql" of "models" in fastpyd.config.json matches no file';
  project.write('fastpyd.config.json', JSON.stringify(settings));
  for (const command of [['db:status', '--check'], ['db:diff'], ['db:make'], ['db:make', '--dry-run'], ['db:migrate', '-m', 'x']]) {
    const { stderr } = await project.succeed(...command);
    assert.match(stderr, pattern, command.join(' '));
    assert.not.match(stderr, 'the pattern "models/');
  }
  const folder = 'the folder "seedres" of "seeders" in fastpyd.config.json has no file in it';
  for (const command of ['db:status', 'db:seed']) assert.match((await project.succeed(command)).stderr, folder);
  assert.not.match((await project.succeed('db:migrate')).stderr, 'folder');
  project.write('fastpyd.config.json', '{ "migrations": "migratons" }');
  assert.match((await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, 'db:migrate')).stderr, 'is it the right one?');
  project.write('fastpyd.config.json', '{}');
  await project.succeed('db:status', '--check');
});

test('the database is the one of the command, whatever database the daemon was started with', async () => {
  const other = await createDatabase();
  const command = ['db:migrate', '--json'];
  const { applied } = JSON.parse(assertExit(await project.run(command, { env: { DATABASE_URL: other.url } }), 0, command).stdout);
  assert.is(applied.length, 1);
  assert.match((await project.run(['db:url'], { env: { DATABASE_URL: other.url } })).stdout, other.name);
  assert.equal(await project.query('SELECT name FROM users'), [{ name: 'Ada' }]);
  await other.drop();
  const gone = await project.run(['db:status'], { env: { DATABASE_URL: other.url } });
  assertRefused(gone, { exit: 6, code: 'DATABASE_UNREACHABLE' }, ['db:status']);
});

test('a role that may not make the ledger is told so, and nothing is changed', async () => {
  await project.query('CREATE ROLE guest LOGIN');
  const command = ['db:migrate'];
  const other = await createDatabase();
  const ran = await project.run(command, { env: { DATABASE_URL: other.url.replace('postgres@', 'guest@') } });
  assertRefused(ran, { exit: 1, code: 'PRIVILEGES_MISSING' }, command);
  assert.match(ran.stderr, /guest may not do .*\n.*database/);
  await other.drop();
  await project.query('DROP ROLE guest');
});

test('a table that somebody else has locked is waited for as long as the settings say', async () => {
  project.write('fastpyd.config.json', '{ "lockTimeout": "1s" }');
  project.write('models/users.sql', '');
  const somebody = openScratch(project.url);
  await somebody.session(async ({ script }) => {
    await script('BEGIN; LOCK TABLE users');
    const { stderr } = await project.refused({ exit: 4, code: 'LOCK_TIMEOUT' }, 'db:migrate', '-m', 'x');
    assert.match(stderr, 'not free after 1 s');
    await script('ROLLBACK');
  });
  await somebody.close();
  project.write('models/users.sql', USERS);
  project.write('fastpyd.config.json', '{}');
  await project.succeed('db:status', '--check');
});

test('a project under a folder that only its owner can enter works like any other', async () => {
  const inner = project.path('closed/inner');
  mkdirSync(inner, { recursive: true });
  chmodSync(project.path('closed'), 0o700);
  writeFileSync(join(inner, 'fastpyd.config.json'), '{}');
  mkdirSync(join(inner, 'models'));
  writeFileSync(join(inner, 'models/users.sql'), USERS);
  const other = await createDatabase();
  const inside = { cwd: inner, env: { DATABASE_URL: other.url } };
  assertExit(await project.run(['db:migrate', '-m', 'first'], inside), 0, ['db:migrate']);
  assertExit(await project.run(['db:status', '--check'], inside), 0, ['db:status']);
  assertExit(await project.run(['daemon', 'stop'], inside), 0, ['daemon', 'stop']);
  await other.drop();
});

test.run();
