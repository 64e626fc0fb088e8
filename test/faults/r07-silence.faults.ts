import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cliProject } from '../e2e/cliProject.ts';
import { endOf, migrate, migrateInChild, progressOf } from '../migration/faults.ts';
import { migrationSource } from '../migration/history.ts';
import { atExit } from '../support/atExit.ts';
import type { Figures } from '../support/recordRuns.ts';
import { createDatabase, type TestDatabase } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { ask } from './ask.ts';
import { type CutNetwork, cutNetwork } from './cutNetwork.ts';
import { faultRow } from './faultRow.ts';
import { oneMigration } from './oneMigration.ts';
import { type OwnServer, startOwnServer } from './ownServer.ts';

/** Until somebody else may have the lock. */
const FREE_MS = 60_000;
/** Until the command that lost its network has given up to connect again. */
const END_MS = 75_000;

const ID = '20260101000000_m';
/** For as long as the table has a row. */
const WAIT = `DO $$ BEGIN WHILE EXISTS (SELECT FROM waiting) LOOP PERFORM pg_sleep(0.05); END LOOP; END $$`;

/** What a run is at when its network is cut: its server is at work, and has nothing to say, or has to, later. */
interface Moment {
  readonly transaction: boolean;
  readonly answerAfterMs?: number;
}

const MOMENTS: readonly Moment[] = [{ transaction: true }, { transaction: false }, { transaction: true, answerAfterMs: 12_000 }];

/** Where it is given, and what is to be seen there, over the Unix socket, which no cut concerns. */
interface Scene {
  readonly server: OwnServer;
  readonly network: CutNetwork;
  readonly isCut: Promise<void>;
  /** To be called when it is at work. */
  readonly ready: () => void;
}

interface Took {
  readonly freeMs: number;
  readonly endMs: number;
}

const overTheNetwork = ({ network }: Scene, { name }: TestDatabase): string => `postgresql://postgres@${network.address}:5432/${name}`;

const SET_UP = 'CREATE TABLE log (id int); CREATE TABLE waiting AS SELECT 1 AS id';

const AT_WORK = `SELECT FROM pg_stat_activity WHERE query LIKE 'DO $$%' AND datname = current_database()`;

const isFree = async (url: string): Promise<boolean> => {
  const own = `locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return (await ask(url, `SELECT FROM pg_locks WHERE ${own}`)).length === 0;
};

/** Waits for the cut; how long after it the locks were free and the command had ended. */
async function measure({ isCut, ready }: Scene, url: string, end: Promise<unknown>): Promise<Took> {
  assert.not(await isFree(url), 'it has the lock');
  ready();
  await isCut;
  const cut = performance.now();
  const since = (): number => performance.now() - cut;
  const [freeMs, endMs] = await Promise.all([waitUntil('the lock is free', () => isFree(url), FREE_MS).then(since), end.then(since)]);
  assert.ok(endMs < END_MS, `the command took ${Math.round(endMs)} ms to end`);
  return { freeMs, endMs };
}

const SILENT = /the connection was lost: (?:the server has been silent for 25 s, and takes no new connection|read ETIMEDOUT)/;

/** The next run needs nobody's help, and everything is there once. */
async function momentLost(scene: Scene, moment: Moment): Promise<Took> {
  const database = await createDatabase(scene.server);
  await ask(database.url, SET_UP);
  const steps = ['INSERT INTO log VALUES (1)', WAIT, 'CREATE TABLE done ()'];
  const work = { migrations: [oneMigration(steps, moment.transaction)], root: '/' };
  const child = migrateInChild(work, overTheNetwork(scene, database), 'up', scene.network.at('client'));
  await progressOf(child, /applying/);
  await waitUntil('it is at work', async () => (await ask(database.url, AT_WORK)).length > 0);
  const end = endOf(child);
  const answer = () => ask(database.url, 'DELETE FROM waiting');
  if (moment.answerAfterMs !== undefined) scene.isCut.then(() => delay(moment.answerAfterMs)).then(answer);
  const took = await measure(scene, database.url, end);
  const { failed, message, hint } = await end;
  assert.is(failed, 'DATABASE_UNREACHABLE', message);
  assert.match(message ?? '', SILENT);
  assert.match(hint ?? '', moment.transaction ? `Nothing of ${ID} was applied.` : `What ran of ${ID} before it is recorded as done`);
  await answer();
  await migrate(work, database.url, 'up');
  assert.equal(await ask(database.url, `SELECT id, to_regclass('done')::text AS done FROM log`), [{ id: 1, done: 'done' }]);
  await database.drop();
  return took;
}

const FIRST = migrationSource(
  `parent: null, up: [sql\`CREATE TABLE log (id int)\`, sql\`CREATE TABLE waiting (id int)\`], down: [sql\`DROP TABLE log, waiting\`]`,
);
/** It is this side that has most to say. */
const ASKING = migrationSource(`parent: '20250101000000_first', down: [sql\`DELETE FROM log\`], up: [sql\`INSERT INTO log VALUES (1)\`,
  async ({ query }) => { while ((await query(sql\`SELECT FROM waiting\`)).length > 0) await new Promise((resolve) => setTimeout(resolve, 50)); }]`);
const CLIENT = join(import.meta.dirname, '../../client/cli.ts');

/** The same on the command line. */
async function commandLost(scene: Scene): Promise<Took> {
  const database = await createDatabase(scene.server);
  const project = await cliProject({ database, files: { 'migrations/20250101000000_first.ts': FIRST } });
  await project.succeed('db:migrate', '--no-daemon');
  await project.query('INSERT INTO waiting VALUES (1)');
  project.write(`migrations/${ID}.ts`, ASKING);
  const end = commandOver(scene, database, project.root);
  const asking = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT FROM waiting%' AND datname = current_database()`;
  await waitUntil('it is at work', async () => (await project.query(asking)).length > 0, 60_000);
  const took = await measure(scene, database.url, end);
  const { code, stderr } = await end;
  assert.is(code, 6, stderr);
  assert.match(stderr, SILENT);
  assert.match(stderr, `Nothing of ${ID} was applied.`);
  await project.query('DELETE FROM waiting');
  await project.succeed('db:migrate', '--no-daemon');
  assert.equal(await project.query('SELECT id FROM log'), [{ id: 1 }]);
  await project.end();
  return took;
}

async function commandOver(scene: Scene, database: TestDatabase, cwd: string) {
  const [program = '', ...args] = [...scene.network.at('client'), process.execPath, CLIENT, 'db:migrate', '--no-daemon'];
  const child = spawn(program, args, { cwd, env: { ...process.env, DATABASE_URL: overTheNetwork(scene, database) } });
  atExit(() => child.kill('SIGKILL'));
  const stderr = text(child.stderr);
  const [code] = await once(child, 'close');
  return { code, stderr: await stderr };
}

/** All at once, since waiting is most of it. */
async function cutAll({ server, network }: Pick<Scene, 'server' | 'network'>): Promise<Figures> {
  const cut = Promise.withResolvers<void>();
  let missing = MOMENTS.length + 1;
  const ready = (): void => {
    if (--missing > 0) return;
    network.cut();
    cut.resolve();
  };
  const scene = { server, network, isCut: cut.promise, ready };
  const took = await Promise.all([commandLost(scene), ...MOMENTS.map((moment) => momentLost(scene, moment))]);
  const [free, end] = [took.map(({ freeMs }) => freeMs), took.map(({ endMs }) => endMs)];
  console.log(`R-07: the lock was free after ${rangeOf(free)}, and the commands had ended after ${rangeOf(end)}`);
  return { longestUntilFreeMs: Math.round(Math.max(...free)), longestUntilEndMs: Math.round(Math.max(...end)) };
}

const rangeOf = (times: readonly number[]): string =>
  [Math.min(...times), Math.max(...times)].map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(' to ');

faultRow('R-07', { base: 1 }, async (like) => {
  const network = await cutNetwork();
  if (network === null) return null;
  const server = await startOwnServer(like, network);
  return {
    run: ({ measured }) => cutAll({ server, network }).then(measured).finally(network.mend),
    end: async () => {
      await server.stop();
      network.end();
    },
  };
});

test.run();
