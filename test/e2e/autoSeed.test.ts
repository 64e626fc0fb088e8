/** `db:seed --auto` through the compiled client. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDatabase, withServer } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const CLIENT = join(import.meta.dirname, '../../dist/fastpy.js');
const MODELS = `CREATE TABLE makers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, since date NOT NULL);
CREATE TABLE goods (id uuid PRIMARY KEY, maker int NOT NULL REFERENCES makers, price numeric(8, 2) NOT NULL CHECK (price > 0), note text, parent uuid REFERENCES goods);
CREATE TABLE flags (flag boolean PRIMARY KEY);`;

const server = (await withServer(15)) ?? undefined;
let project: CliProject;
test.before(async () => {
  project = await cliProject({ compiled: true, database: await createDatabase(server), files: { 'models/shop.sql': MODELS } });
  await project.succeed('db:migrate', '-m', 'first');
});
test.after(() => project.end());
test.before.each(async () => {
  await project.succeed('db:fresh');
});

const rows = async (table: string): Promise<number> =>
  (await project.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`))[0]?.rows ?? -1;

test('a table that gets fewer rows than asked for is named with the reason, and what was made is kept', async () => {
  const { stdout, stderr } = await project.succeed('db:seed', '--auto', '--count', '30', '--random-seed', '4');
  assert.match(stderr, 'warning: public.flags has got 2 of 30 rows: its keys have no other values');
  assert.match(stdout, /Seeded public\.makers: 30 rows/);
  assert.match(stdout, 'Tables with fewer rows than asked for: 1; the rows that were made are kept.');
  assert.match(stdout, 'The same again: --random-seed 4');
  for (const table of ['makers', 'goods']) assert.is(await rows(table), 30, table);
  const json = await project.succeed('db:seed', '--auto', '--seeder', 'flags', '--json');
  assert.is(JSON.parse(json.stdout).warnings.length, 1);
});

test('one table that gets all its rows is nothing to warn of', async () => {
  const { stdout, stderr } = await project.succeed('db:seed', '--auto', '--seeder', 'goods', '--count', '25');
  assert.not.match(stdout, 'fewer');
  assert.not.match(stderr, 'warning');
  assert.is(await rows('goods'), 25);
});

test('Ctrl-C while rows are made ends it with 130, and nothing stays', async () => {
  for (const more of [[], ['--no-daemon']]) {
    const args = ['db:seed', '--auto', '--seeder', 'makers', '--count', '3000000', ...more];
    const child = spawn(process.execPath, [CLIENT, ...args], { cwd: project.root, env: { ...process.env, DATABASE_URL: project.url } });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await waitUntil('rows are on their way', async () => (await seeding()).includes(true));
    child.kill('SIGINT');
    assert.is(await ended, 130, stderr);
    assert.match(stderr, 'All rows that were made were rolled back.');
    assert.match(stderr, '[CANCELLED]');
    assert.is(await rows('makers'), 0);
    await waitUntil('no transaction is left', async () => (await seeding()).length === 0);
  }
});

/** Whether each open transaction of others has written a table. */
const seeding = async (): Promise<readonly boolean[]> =>
  (
    await project.query<{ writes: boolean }>(
      `SELECT backend_xid IS NOT NULL AS writes FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
    )
  ).map(({ writes }) => writes);

const canDump = server !== undefined && major() >= 15;

(canDump ? test : test.skip)('the same random seed gives the same data, as pg_dump writes it', async () => {
  const seed = async (random: string): Promise<string> => {
    await project.succeed('db:fresh');
    await project.fastpy('db:seed', '--auto', '--count', '200', '--random-seed', random);
    return dump();
  };
  const first = await seed('11');
  assert.ok(first.split('\n').length > 400);
  assert.is(await seed('11'), first);
  assert.is.not(await seed('12'), first);
});

/** Without its history, and without the key of each dump. */
const dump = (): string =>
  execFileSync('pg_dump', ['--data-only', '--exclude-schema=fastpyd', project.url], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .filter((line) => !/^\\(?:un)?restrict /.test(line))
    .join('\n');

/** Of pg_dump; 0 where there is none. */
function major(): number {
  try {
    return Number(/ (\d+)/.exec(execFileSync('pg_dump', ['--version'], { encoding: 'utf8' }))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

test.run();
