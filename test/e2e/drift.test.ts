import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { connect, type FastpyClient, type Notifications } from '../../client/index.ts';
import { atExit } from '../support/atExit.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject, isAlive, withCliProject } from './cliProject.ts';

const LIMIT_MS = 60_000;
const CLI = join(import.meta.dirname, '../../client/cli.ts');
const MODEL = { 'models/schema.sql': 'CREATE TABLE posts (id int PRIMARY KEY, title text);' };

let project: CliProject;
let client: FastpyClient;
const told: Notifications['database.drifted'][] = [];

test.before(async () => {
  project = await cliProject({ files: MODEL });
  await project.succeed('db:migrate', '-m', 'Create posts');
  client = await connect({ project: project.root });
  client.on('database.drifted', (params) => told.push(params));
});
test.after(async () => {
  await client.close();
  await project.end();
});

const status = () => client.request('db.status', { database: project.url });
const namesOf = (drift: Notifications['database.drifted']['drift']) => drift.map(({ action, kind, name }) => `${action} ${kind} ${name}`);

test('drift is told to whoever listens when it comes, and again when it is gone', async () => {
  await project.query('ALTER TABLE posts ADD COLUMN by_hand int');
  await waitUntil('the drift is told', () => told.length === 1, LIMIT_MS);
  assert.is(told[0]?.database, project.url);
  assert.equal(namesOf(told[0]?.drift ?? []), ['create column public.posts.by_hand']);
  await project.query('ALTER TABLE posts DROP COLUMN by_hand');
  await waitUntil('its end is told', () => told.length === 2, LIMIT_MS);
  assert.equal(told[1]?.drift, []);
});

test('every status sees what somebody else did a moment before', async () => {
  for (let i = 0; i < 5; i++) {
    await project.query(`ALTER TABLE posts ADD COLUMN number_${i} int`);
    assert.equal(namesOf((await status()).drift), [`create column public.posts.number_${i}`]);
    await project.query(`ALTER TABLE posts DROP COLUMN number_${i}`);
    assert.equal((await status()).drift, []);
  }
});

test('a migration of its own is no drift', async () => {
  const before = told.length;
  project.write('models/schema.sql', 'CREATE TABLE posts (id int PRIMARY KEY, title text, slug text);');
  await project.succeed('db:migrate', '-m', 'Add slug');
  await project.query('COMMENT ON TABLE posts IS $$by hand$$');
  await waitUntil('the comment is told', () => told.length > before && told.at(-1)?.drift.length !== 0, LIMIT_MS);
  assert.equal(
    told.slice(before).flatMap(({ drift }) => namesOf(drift)),
    ['create comment public.posts'],
  );
  await project.query('COMMENT ON TABLE posts IS NULL');
  await waitUntil('its end is told', () => told.at(-1)?.drift.length === 0, LIMIT_MS);
});

test('fastpy watch shows drift that is there, and its end', async () => {
  await project.query('CREATE TABLE by_hand (id int)');
  const watch = spawn(process.execPath, [CLI, 'watch', '--json'], {
    cwd: project.root,
    env: { ...process.env, DATABASE_URL: project.url },
  });
  atExit(() => watch.kill('SIGKILL'));
  const shown: { drift?: Notifications['database.drifted']['drift'] }[] = [];
  createInterface({ input: watch.stdout }).on('line', (line) => shown.push(JSON.parse(line)));
  const drifts = () => shown.flatMap(({ drift }) => (drift === undefined ? [] : [namesOf(drift)]));
  await waitUntil('the drift is shown', () => drifts().length === 1, LIMIT_MS);
  assert.equal(drifts()[0]?.slice(0, 1), ['create table public.by_hand']);
  await project.query('DROP TABLE by_hand');
  await waitUntil('its end is shown', () => drifts().length === 2, LIMIT_MS);
  assert.equal(drifts()[1], []);
  watch.kill('SIGINT');
});

test('a daemon that nobody needs ends, and leaves no connection to the database that it watched', () =>
  withCliProject({ files: { ...MODEL, 'fastpyd.config.json': '{ "idleExit": "1s" }' } }, async (idle) => {
    await idle.succeed('db:migrate', '-m', 'Create posts');
    const pid = idle.daemonPid();
    assert.ok(pid);
    await waitUntil('the daemon has ended', () => !isAlive(pid ?? 0), LIMIT_MS);
    const others = await idle.query<{ count: number }>(
      'SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    assert.equal(others, [{ count: 0 }]);
    const cache = idle.path('.fastpy', 'cache');
    assert.ok(existsSync(cache), 'what it knew is there for the next one');
  }));

test.run();
