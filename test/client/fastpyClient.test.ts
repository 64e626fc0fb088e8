import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import type * as ClientModule from '../../client/index.ts';
import type { FastpyError } from '../../src/errors.ts';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { packageCopy } from './packageCopy.ts';

const copy = packageCopy();
const project = temporaryProject({ 'fastpyd.config.json': '{ "listen": "127.0.0.1:0" }' });
const { connect } = (await import(join(copy.path, 'dist/client/index.js'))) as typeof ClientModule;
test.after(async () => {
  await copy.fastpy(['daemon', 'stop'], { cwd: project.root });
  project.remove();
  copy.remove();
});

async function errorOf(work: Promise<unknown>): Promise<FastpyError> {
  return work.then(
    () => assert.unreachable('it was answered'),
    (error: FastpyError) => error,
  ) as Promise<FastpyError>;
}

test('without autostart nothing is started', async () => {
  const error = await errorOf(connect({ project: project.root, autostart: false }));
  assert.is(error.code, 'DAEMON_UNREACHABLE');
});

test('a connection knows its daemon, asks, and hears of notifications until it stops listening', async () => {
  const client = await connect({ project: project.root });
  assert.is(client.hello.project, project.root);
  const heard: unknown[] = [];
  const stopListening = client.on('suggestion.changed', (params) => heard.push(params));
  const make = () => errorOf(client.request('db.make', { database: 'embedded' }));
  assert.is((await make()).code, 'ANSWERS_NEEDED');
  stopListening();
  await make();
  assert.equal(heard, [{ database: 'embedded', suggestion: null }]);
  await client.close();
});

test('progress comes to its request, and an aborted signal cancels it', async () => {
  const client = await connect({ project: project.root });
  const controller = new AbortController();
  const steps: number[] = [];
  const seeding = client.request(
    'db.seed',
    { database: 'embedded', count: 60_000 },
    { signal: controller.signal, onProgress: ({ done }) => steps.push(done ?? 0) },
  );
  const failed = errorOf(seeding);
  await waitUntil('it works', () => steps.length > 1);
  controller.abort();
  assert.is((await failed).code, 'CANCELLED');
  assert.is((await errorOf(client.request('db.seed', { database: 'embedded' }, { signal: controller.signal }))).code, 'CANCELLED');
  await client.close();
});

test('a daemon that dies during a request is told as such', async () => {
  const client = await connect({ project: project.root });
  const failed = errorOf(client.request('db.seed', { database: 'embedded', count: 60_000 }));
  process.kill(client.hello.pid, 'SIGKILL');
  const error = await failed;
  assert.is(error.code, 'DAEMON_UNREACHABLE');
  assert.match(error.message, 'before the answer to db.seed');
  await client.closed;
});

test('with listen, the discovery file tells the port and the token', async () => {
  const client = await connect({ project: project.root });
  const { tcp } = JSON.parse(readFileSync(endpointOf(project.root).discovery, 'utf8')) as { tcp: { port: number; token: string } };
  const socket = new WebSocket(`ws://127.0.0.1:${tcp.port}/`, { headers: { authorization: `Bearer ${tcp.token}` } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.terminate();
  await client.close();
});

test('a second daemon started by hand says who runs, and exits 5', async () => {
  const client = await connect({ project: project.root });
  const child = spawn(process.execPath, [join(copy.path, 'dist/fastpyd.js'), '--project', project.root]);
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.is(code, 5);
  assert.match(said, `pid ${client.hello.pid}`);
  await client.close();
});

test('somebody who connects and says nothing hinders nobody', async () => {
  const client = await connect({ project: project.root });
  const silent = Array.from({ length: 20 }, () => connectSocket(endpointOf(project.root).socket));
  assert.equal(await client.request('db.url', { database: 'embedded' }), { schemaVersion: 1, url: 'embedded' });
  for (const socket of silent) socket.destroy();
  await client.close();
});

test.run();
