import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { FastpyError } from '../../src/errors.ts';
import { findKeeper, findPostmaster } from '../../src/postgres/processes.ts';
import { removeAbandonedShadows, startShadow } from '../../src/postgres/shadow.ts';
import { runChild } from '../support/child.ts';
import { waitUntil } from '../support/waitUntil.ts';

interface Started {
  readonly directory: string;
  readonly url: string;
}

const START = `
const { startShadow } = await import(src + 'postgres/shadow.ts');
const shadow = await startShadow();
tell({ directory: shadow.directory, url: shadow.url('postgres') });
`;
const STAY = `${START} setInterval(() => undefined, 1000);`;
const isRoot = process.getuid?.() === 0;

const ask = async (url: string, text: string): Promise<unknown> => {
  const database = openScratch(url);
  const rows = await database.session((session) => session.query(text)).finally(() => database.close());
  return Object.values(rows[0] ?? {})[0];
};

test('a shadow answers, carries the newest PostgreSQL and leaves nothing when it is stopped', async () => {
  const shadow = await startShadow();
  assert.is(shadow.major, 18);
  assert.match(String(await ask(shadow.url('postgres'), 'SHOW server_version')), shadow.version);
  assert.is(await ask(shadow.url('postgres'), 'SHOW fsync'), 'off');
  assert.is(await ask(shadow.url('postgres'), 'SHOW listen_addresses'), '');
  assert.ok(shadow.isRunning());
  await shadow.stop();
  assert.not(shadow.isRunning());
  assert.not(existsSync(shadow.directory));
});

test('two shadows run beside each other', async () => {
  const [one, other] = await Promise.all([startShadow(), startShadow()]);
  assert.is.not(one.directory, other.directory);
  await Promise.all([one.stop(), other.stop()]);
});

test('nobody else can enter a shadow, whatever the umask is', async () => {
  const child = runChild(`process.umask(0); ${STAY}`);
  const { directory } = await child.next<Started>();
  assert.is(statSync(directory).mode & 0o777, 0o700);
  assert.is(statSync(join(directory, '.s.PGSQL.5432')).mode & 0o777, 0o700);
  assert.ok(Buffer.byteLength(join(directory, '.s.PGSQL.5432')) < 100);
  await child.kill('SIGKILL');
});

test('databases in C.UTF-8, publications and a thousand locks are possible', async () => {
  const shadow = await startShadow();
  await ask(shadow.url('postgres'), `CREATE DATABASE app TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'`);
  await ask(shadow.url('app'), 'CREATE PUBLICATION changes FOR ALL TABLES');
  const creates = Array.from({ length: 1500 }, (_, index) => `CREATE TABLE t${index} (id int PRIMARY KEY)`).join(';');
  const database = openScratch(shadow.url('app'));
  await database.session((session) => session.script(`BEGIN; ${creates}; DROP SCHEMA public CASCADE; COMMIT`));
  await database.close();
  await shadow.stop();
});

test('kill -9 of the owner leaves no server and no directory', async () => {
  const child = runChild(STAY);
  const { directory } = await child.next<Started>();
  assert.ok(await findPostmaster(directory));
  await child.kill('SIGKILL');
  await waitUntil('the directory is gone', () => !existsSync(directory));
});

test('kill -9 of the whole process group leaves nothing either', async () => {
  const child = runChild(STAY);
  const { directory } = await child.next<Started>();
  await child.killGroup('SIGKILL');
  await waitUntil('the directory is gone', () => !existsSync(directory));
});

test('an owner that forgets to stop its shadow can still end, and the shadow ends with it', async () => {
  const child = runChild(START);
  const { directory } = await child.next<Started>();
  await waitUntil('the directory is gone', () => !existsSync(directory));
});

test('kill -9 of the owner during the start leaves nothing', async () => {
  for (const afterMs of [20, 60, 120]) {
    const child = runChild(`
      const { stateFolder } = await import(src + 'postgres/state.ts');
      const { startShadow } = await import(src + 'postgres/shadow.ts');
      tell(stateFolder().shadows);
      startShadow().then((shadow) => tell(shadow.directory));
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${afterMs});
    `);
    const shadows = await child.next<string>();
    await child.kill('SIGCONT');
    assert.ok(existsSync(shadows));
  }
  await waitUntil('no keeper without an owner is left', noKeeperOfMine);
});

test('a shadow whose keeper was killed too is stopped and removed by the next start', async () => {
  const child = runChild(STAY);
  const { directory } = await child.next<Started>();
  process.kill((await findKeeper(directory)) ?? 0, 'SIGKILL');
  await child.kill('SIGKILL');
  assert.ok(await findPostmaster(directory));
  await removeAbandonedShadows();
  assert.not(existsSync(directory));
});

test('a shadow whose keeper was killed is stopped by its owner', async () => {
  const shadow = await startShadow();
  process.kill((await findKeeper(shadow.directory)) ?? 0, 'SIGKILL');
  await shadow.stop();
  assert.not(existsSync(shadow.directory));
});

test('a living shadow and one that is being made are never removed', async () => {
  const shadow = await startShadow();
  const unfinished = join(shadow.directory, '..', 'unfinished-by-test');
  mkdirSync(unfinished, { recursive: true });
  await removeAbandonedShadows();
  assert.ok(existsSync(unfinished));
  assert.is(await ask(shadow.url('postgres'), 'SELECT 1'), 1);
  rmdirSync(unfinished);
  await shadow.stop();
});

test('a server that ends by itself is noticed', async () => {
  const shadow = await startShadow();
  process.kill((await findPostmaster(shadow.directory)) ?? 0, 'SIGKILL');
  await waitUntil('the shadow says that it ended', () => !shadow.isRunning());
  await shadow.stop();
  assert.not(existsSync(shadow.directory));
});

test('an ordinary user has shadows of the own', async () => {
  if (!isRoot) return console.log('skipped: only root can become another user');
  const child = runChild(STAY, { uid: 65534 });
  const { directory } = await child.next<Started>();
  assert.is(statSync(directory).uid, 65534);
  assert.is(statSync(join(directory, '..')).mode & 0o777, 0o700);
  await child.kill('SIGKILL');
  await waitUntil('the directory is gone', () => !existsSync(directory));
});

test('the server does not run as root', async () => {
  const shadow = await startShadow();
  assert.is.not(statSync(`${shadow.directory}/postmaster.pid`).uid, 0);
  await shadow.stop();
});

test('a major that is nowhere is said to be missing, with the line that installs it', async () => {
  const error = await startShadow({ major: 9 }).catch((reason) => reason);
  assert.instance(error, FastpyError);
  assert.is(error.code, 'BINARIES_NOT_FOUND');
  assert.match(error.hint, '@9');
});

/** No keeper is left that is not a child of a living owner; keepers of other test processes have one. */
function noKeeperOfMine(): boolean {
  return !readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isOrphanedKeeper(pid));
}

function isOrphanedKeeper(pid: string): boolean {
  try {
    const [parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(1) ?? [];
    return parent === '1' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('fastpyd-keeper');
  } catch {
    return false;
  }
}

test.run();
