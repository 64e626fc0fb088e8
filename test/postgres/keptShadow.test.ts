import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { acquireLock } from '../../src/lifecycle/lock.ts';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { homeIn } from '../../src/postgres/keptHome.ts';
import { startKeptShadow } from '../../src/postgres/keptShadow.ts';
import { findKeeper, findPostmaster } from '../../src/postgres/processes.ts';
import { removeForgottenShadows } from '../../src/postgres/removeForgottenShadows.ts';
import { startShadow } from '../../src/postgres/shadow.ts';
import { runChild } from '../support/child.ts';
import { temporaryKept } from '../support/kept.ts';
import { temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';

const isRoot = process.getuid?.() === 0;

const ask = async (url: string, text: string): Promise<unknown> => {
  const database = openScratch(url);
  const rows = await database.session((session) => session.query(text)).finally(() => database.close());
  return Object.values(rows[0] ?? {})[0];
};

const holdsMark = (shadow: Cluster): Promise<unknown> => ask(shadow.url('postgres'), "SELECT to_regclass('mark') IS NOT NULL");

/** A shadow that was used, and stopped cleanly. */
async function leaveMark(root: string): Promise<void> {
  const shadow = await startKeptShadow({ root });
  await ask(shadow.url('postgres'), 'CREATE TABLE mark ()');
  await shadow.stop();
}

/** Whether the next shadow of the project still has what the last one had, and what is said of it. */
async function next(root: string): Promise<{ readonly isKept: unknown; readonly doubts: string }> {
  let doubts = '';
  const listen = (fields: object): void => {
    doubts += JSON.stringify(fields);
  };
  const shadow = await startKeptShadow({ root, log: { info: listen, warn: listen } });
  const isKept = await holdsMark(shadow);
  await shadow.stop();
  return { isKept, doubts };
}

const owner = (root: string): string => `
  const { startKeptShadow } = await import(src + 'postgres/keptShadow.ts');
  const { openScratch } = await import(src + 'database/scratch.ts');
  const shadow = await startKeptShadow({ root: ${JSON.stringify(root)} });
  await openScratch(shadow.url('postgres')).session(({ query }) => query('CREATE TABLE IF NOT EXISTS mark ()'));
  tell({ directory: shadow.directory, isKept: shadow.sideFolder !== undefined });
  setInterval(() => undefined, 1000);
`;

test('what a shadow has is there again in the next process, with the files beside it', async () => {
  const { root } = temporaryKept();
  const first = await startKeptShadow({ root });
  await ask(first.url('postgres'), 'CREATE TABLE mark ()');
  writeFileSync(join(first.sideFolder ?? '', 'notes'), 'x');
  await first.stop();
  const second = await startKeptShadow({ root });
  assert.is(await holdsMark(second), true);
  assert.ok(existsSync(join(second.sideFolder ?? '', 'notes')));
  assert.is(await ask(second.url('postgres'), 'SHOW fsync'), 'off');
  await second.stop();
});

test('kill -9 of the owner ends the server cleanly, so that nothing is lost', async () => {
  const { root } = temporaryKept();
  const child = runChild(owner(root));
  const { directory } = await child.next<{ directory: string }>();
  await child.kill('SIGKILL');
  await waitUntil('the server has ended', async () => (await findPostmaster(directory)) === undefined);
  assert.is((await next(root)).isKept, true);
});

test('a start right after kill -9 of the owner waits for the end of its server', async () => {
  const { root } = temporaryKept();
  const child = runChild(owner(root));
  await child.next();
  await child.kill('SIGKILL');
  assert.is((await next(root)).isKept, true);
});

test('after kill -9 of the server everything is made anew, and the log says why', async () => {
  const { root, home } = temporaryKept();
  await leaveMark(root);
  const shadow = await startKeptShadow({ root });
  process.kill((await findPostmaster(home.data)) ?? 0, 'SIGKILL');
  await waitUntil('the shadow says that it ended', () => !shadow.isRunning());
  await shadow.stop();
  assert.equal(await next(root), { isKept: false, doubts: '{"doubts":"nothing says that it was stopped cleanly"}' });
});

test('a server whose owner and keeper were both killed is stopped, and made anew', async () => {
  const { root, home } = temporaryKept();
  const child = runChild(owner(root));
  await child.next();
  process.kill((await findKeeper(home.data)) ?? 0, 'SIGKILL');
  await child.kill('SIGKILL');
  const orphan = await findPostmaster(home.data);
  assert.ok(orphan);
  assert.is((await next(root)).isKept, false);
});

test('without a receipt everything is made anew', async () => {
  const { root, home } = temporaryKept();
  await leaveMark(root);
  rmSync(home.receipt);
  assert.is((await next(root)).isKept, false);
});

test('after a restart of the machine, or under another PostgreSQL, everything is made anew', async () => {
  for (const change of [{ boot: 'another' }, { version: '18.0' }, { settings: {} }, { layout: 0 }]) {
    const { root, home } = temporaryKept();
    await leaveMark(root);
    const receipt = JSON.parse(readFileSync(home.receipt, 'utf8'));
    writeFileSync(home.receipt, `${JSON.stringify({ ...receipt, ...change })}\n`);
    const { isKept, doubts } = await next(root);
    assert.is(isKept, false);
    assert.match(doubts, 'not what they were');
  }
});

test('data whose control file does not say that it was shut down is made anew', async () => {
  const { root, home } = temporaryKept();
  await leaveMark(root);
  const inProduction = Buffer.from([6, 0, 0, 0]);
  writeSync(openSync(join(home.data, 'global', 'pg_control'), 'r+'), inProduction, 0, 4, 16);
  assert.is((await next(root)).isKept, false);
});

test('data that no server can start on is made anew', async () => {
  const { root, home } = temporaryKept();
  await leaveMark(root);
  rmSync(join(home.data, 'pg_xact'), { recursive: true });
  const { isKept, doubts } = await next(root);
  assert.is(isKept, false);
  assert.match(doubts, 'it does not start');
});

test('there is no receipt while a server runs', async () => {
  const { root, home } = temporaryKept();
  await leaveMark(root);
  assert.ok(existsSync(home.receipt));
  const shadow = await startKeptShadow({ root });
  assert.not(existsSync(home.receipt));
  await shadow.stop();
});

test('a second owner gets a disposable shadow, in the same process as in another one', async () => {
  const { root } = temporaryKept();
  const first = await startKeptShadow({ root });
  await ask(first.url('postgres'), 'CREATE TABLE mark ()');
  const second = await startKeptShadow({ root });
  const child = runChild(owner(root));
  const third = await child.next<{ directory: string; isKept: boolean }>();
  assert.is(second.sideFolder, undefined);
  assert.is(await holdsMark(second), false);
  assert.is(third.isKept, false);
  await Promise.all([second.stop(), child.kill('SIGKILL')]);
  assert.is(await holdsMark(first), true);
  await first.stop();
  assert.is((await next(root)).isKept, true);
});

test('a disposable shadow leaves a kept one alone', async () => {
  const { root } = temporaryKept();
  await leaveMark(root);
  const shadow = await startShadow();
  assert.is(await holdsMark(shadow), false);
  await shadow.stop();
  assert.is((await next(root)).isKept, true);
});

test('nobody else can enter a kept shadow', async () => {
  const { root, home } = temporaryKept();
  const shadow = await startKeptShadow({ root });
  for (const folder of [home.folder, home.data, home.sideFolder]) assert.is(statSync(folder).mode & 0o777, 0o700);
  assert.is(statSync(join(home.folder, '.s.PGSQL.5432')).mode & 0o777, 0o700);
  await shadow.stop();
});

test('the shadow of a project that is gone goes when it is stopped', async () => {
  const { root, home, remove } = temporaryKept();
  const shadow = await startKeptShadow({ root });
  remove();
  await shadow.stop();
  assert.not(existsSync(home.folder));
  assert.not(existsSync(home.lock));
});

test('shadows of projects that are gone, or that nobody used for two weeks, are removed', async () => {
  const folder = temporaryProject();
  const [own, fresh, old, gone] = ['a', 'b', 'c', 'd'].map((letter) => homeIn(folder.path(`${letter.repeat(12)}-18`)));
  assert.ok(own && fresh && old && gone);
  for (const home of [own, fresh, old]) markHome(home.folder, folder.root);
  markHome(gone.folder, folder.path('nowhere'));
  const threeWeeksAgo = Date.now() / 1000 - 21 * 86_400;
  utimesSync(old.owner, threeWeeksAgo, threeWeeksAgo);
  await removeForgottenShadows(own);
  assert.equal(
    [own, fresh, old, gone].map((home) => existsSync(home.folder)),
    [true, true, false, false],
  );
});

test('of shadows that take too much together the least recently used go first, but none that somebody has', async () => {
  const folder = temporaryProject();
  const [own, first, second, third] = ['a', 'b', 'c', 'd'].map((letter) => homeIn(folder.path(`${letter.repeat(12)}-18`)));
  assert.ok(own && first && second && third);
  for (const [age, home] of [third, second, first, own].entries()) {
    markHome(home.folder, folder.root);
    writeFileSync(join(home.sideFolder, 'large'), Buffer.alloc(2_000_000));
    utimesSync(home.owner, Date.now() / 1000 - 3600 + age, Date.now() / 1000 - 3600 + age);
  }
  const lock = await acquireLock(third.lock);
  await removeForgottenShadows(own, 3_000_000);
  lock?.release();
  assert.equal(
    [own, first, second, third].map((home) => existsSync(home.folder)),
    [true, true, false, true],
  );
});

test('an ordinary user has kept shadows of the own', async () => {
  if (!isRoot) return console.log('skipped: only root can become another user');
  const child = runChild(owner('/'), { uid: 65534 });
  const { directory, isKept } = await child.next<{ directory: string; isKept: boolean }>();
  assert.ok(isKept);
  assert.is(statSync(directory).uid, 65534);
  await child.kill('SIGKILL');
  await waitUntil('the server has ended', async () => (await findPostmaster(directory)) === undefined);
  rmSync(join(directory, '..'), { recursive: true, force: true });
});

/** Without the owner that a server needs: no server starts here. */
function markHome(folder: string, root: string): void {
  const home = homeIn(folder);
  mkdirSync(home.sideFolder, { recursive: true });
  writeFileSync(home.owner, JSON.stringify({ root }));
}

test.run();
