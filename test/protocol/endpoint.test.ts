import { chmodSync, readFileSync, statSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkSocketOwner, endpointOf, prepareDirectory } from '../../src/protocol/endpoint.ts';
import { runChild } from '../support/child.ts';
import { temporaryProject } from '../support/project.ts';

const NOBODY = 65534;

test('a project has one socket, and another project another', () => {
  const [one, other] = [endpointOf('/projects/one'), endpointOf('/projects/other')];
  assert.is(one.socket, endpointOf('/projects/one').socket);
  assert.is.not(one.socket, other.socket);
});

test('the path of a socket is short enough for every system, however long the project is', () => {
  assert.ok(endpointOf(`/${'long/'.repeat(100)}`).socket.length <= 95);
});

test('the socket does not depend on TMPDIR, HOME or XDG_RUNTIME_DIR', async () => {
  const code = `Object.assign(process.env, { TMPDIR: '/x', HOME: '/y', XDG_RUNTIME_DIR: '/z' });
    const { endpointOf } = await import(src + 'protocol/endpoint.ts');
    tell(endpointOf('/projects/one').socket);`;
  assert.is(await runChild(code).next(), endpointOf('/projects/one').socket);
});

test('.fastpy is private and ignores itself', () => {
  const project = temporaryProject();
  const { directory } = prepareDirectory(project.root);
  assert.is(statSync(directory).mode & 0o777, 0o700);
  assert.is(readFileSync(project.path('.fastpy/.gitignore'), 'utf8'), '*\n');
  project.remove();
});

test('a socket of another user is not spoken to', async () => {
  if (process.getuid?.() !== 0) return console.log('skipped: only root can make a file of another user');
  const project = temporaryProject();
  chmodSync(project.root, 0o777);
  const code = `import { createServer } from 'node:net'; createServer().listen(${JSON.stringify(project.path('s'))}, () => tell(1));`;
  const child = runChild(code, { uid: NOBODY });
  await child.next();
  assert.throws(() => checkSocketOwner(project.path('s')), /belongs to another user/);
  await child.kill('SIGKILL');
  project.remove();
});

test.run();
