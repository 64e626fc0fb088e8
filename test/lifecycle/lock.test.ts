import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acquireLock, lockHolder } from '../../src/lifecycle/lock.ts';
import { runChild } from '../support/child.ts';
import { temporaryProject } from '../support/project.ts';

const project = temporaryProject();
const path = project.path('some', 'folder', 'cluster.lock');
const HOLD = `
const { acquireLock } = await import(src + 'lifecycle/lock.ts');
tell((await acquireLock(${JSON.stringify(path)})) !== null);
setInterval(() => undefined, 1000);
`;

test('one process holds a lock, and a second one is told so at once', async () => {
  const lock = await acquireLock(path);
  assert.ok(lock);
  assert.is(lockHolder(path), process.pid);
  assert.is(await acquireLock(path), null);
  const other = runChild(HOLD);
  assert.is(await other.next(), false);
  await other.kill('SIGKILL');
  lock.release();
});

test('a released lock can be taken again, and releasing twice does no harm', async () => {
  const lock = await acquireLock(path);
  lock?.release();
  lock?.release();
  const again = await acquireLock(path);
  assert.ok(again);
  again.release();
});

test('kill -9 releases a lock', async () => {
  const holder = runChild(HOLD);
  assert.is(await holder.next(), true);
  assert.is(await acquireLock(path), null);
  assert.is(lockHolder(path), holder.pid);
  await holder.kill('SIGKILL');
  const lock = await acquireLock(path);
  assert.ok(lock);
  lock.release();
});

test('a lock survives the garbage collector', async () => {
  const holder = runChild(`
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const gc = process.getBuiltinModule('node:vm').runInNewContext('gc');
    const { acquireLock } = await import(src + 'lifecycle/lock.ts');
    await acquireLock(${JSON.stringify(path)});
    for (let round = 0; round < 5; round++) { gc(); await new Promise((resolve) => setTimeout(resolve, 5)); }
    tell('collected');
    setInterval(() => undefined, 1000);
  `);
  assert.is(await holder.next(), 'collected');
  assert.is(await acquireLock(path), null);
  await holder.kill('SIGKILL');
});

test('nothing is said of experimental features', async () => {
  const silent = runChild(`
    const heard = [];
    process.on('warning', (warning) => heard.push(warning.name));
    const { acquireLock } = await import(src + 'lifecycle/lock.ts');
    (await acquireLock(${JSON.stringify(project.path('other.lock'))})).release();
    setTimeout(() => tell(heard), 20);
  `);
  assert.equal(await silent.next(), []);
});

test.run();
