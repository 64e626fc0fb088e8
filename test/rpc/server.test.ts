import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { WebSocket } from 'ws';
import { fail } from '../../src/errors.ts';
import type { SuggestionInfo } from '../../src/protocol/methods.ts';
import type { Answer } from '../../src/rpc/dispatcher.ts';
import { limits } from '../../src/rpc/limits.ts';
import { type RpcServer, type ServeOptions, serve } from '../../src/rpc/server.ts';
import { silentLog } from '../../src/support/log.ts';
import { waitUntil } from '../support/waitUntil.ts';

const greeting = { protocolVersion: 1, packageVersion: '1', packagePath: '/x', project: '/y' };
const state = { finished: 0 };

/** `db.seed` works for `count` milliseconds or until it is cancelled; `db.url` answers at once; `db.make` has a bug. */
const answer: Answer = async (method, params, context) => {
  if (method === 'daemon.hello') context.connection.greeted();
  if (method === 'db.make') throw new TypeError('a bug');
  if (method === 'db.fresh') throw fail('CONFIRMATION_NEEDED', { action: 'db:fresh', target: 'shop', flag: '--force' });
  if (method === 'db.seed') await work((params as { count: number }).count, context);
  return { method };
};

async function work(count: number, { signal, progress }: Parameters<Answer>[2]): Promise<void> {
  for (let done = 0; done < count; done++) {
    if (signal.aborted) throw fail('CANCELLED', { state: 'nothing was changed' });
    progress({ message: 'seeding', done });
    await delay(1);
  }
  state.finished++;
}

interface Message {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: { readonly request: number };
  readonly result?: { readonly method: string };
  readonly error?: { readonly code: number; readonly message: string; readonly data?: { readonly code: string } };
}

class Client {
  readonly socket: WebSocket;
  readonly messages: (Message | readonly Message[])[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.messages.push(JSON.parse(String(data))));
    socket.on('error', () => undefined);
  }

  async send(payload: unknown): Promise<Message> {
    const before = this.messages.length;
    this.socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
    const isAnswer = (message: Message | readonly Message[]) => Array.isArray(message) || (message as Message).method === undefined;
    await waitUntil('it is answered', () => this.messages.slice(before).some(isAnswer));
    return this.messages.slice(before).find(isAnswer) as Message;
  }

  request(method: string, params: unknown = {}, id = 1): Promise<Message> {
    return this.send({ jsonrpc: '2.0', id, method, params });
  }
}

interface Surroundings {
  readonly server: RpcServer;
  readonly socket: string;
  open(): Promise<Client>;
  /** Opens and greets. */
  greet(): Promise<Client>;
}

async function serving(work: (surroundings: Surroundings) => Promise<void>, options: Partial<ServeOptions> = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fastpyd-rpc-'));
  const socket = join(folder, 's');
  const server = await serve({ socket, answer, log: silentLog(), ...options });
  const open = () => openClient(socket);
  const greet = async () => {
    const client = await open();
    await client.request('daemon.hello', greeting);
    return client;
  };
  try {
    await work({ server, socket, open, greet });
  } finally {
    await server.drain({ drainMs: 0, cancelMs: 1000 });
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

function openClient(socket: string, headers: Record<string, string> = {}): Promise<Client> {
  const webSocket = new WebSocket('ws://localhost/', { createConnection: () => connectSocket(socket), headers });
  return opened(webSocket);
}

function opened(webSocket: WebSocket): Promise<Client> {
  const client = new Client(webSocket);
  return new Promise((resolve, reject) => {
    webSocket.once('open', () => resolve(client));
    webSocket.once('error', reject);
  });
}

async function refused(connection: Promise<unknown>): Promise<string> {
  return connection.then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

test('a greeted client is answered', () =>
  serving(async ({ greet }) => {
    const client = await greet();
    assert.equal(await client.request('db.url', { database: 'embedded' }, 7), { jsonrpc: '2.0', id: 7, result: { method: 'db.url' } });
  }));

test('a request before the greeting is refused; status and stop are not', () =>
  serving(async ({ open }) => {
    const client = await open();
    const { error } = await client.request('db.url', { database: 'embedded' });
    assert.is(error?.code, -32600);
    assert.match(error?.message ?? '', 'daemon.hello');
    assert.ok((await client.request('daemon.status')).result);
    assert.ok((await client.request('daemon.stop')).result);
  }));

const bad: readonly (readonly [string, unknown, string])[] = [
  ['db.url', {}, 'params.database must be a postgresql:// URL'],
  ['db.url', { database: 'mysql://x' }, 'params.database must be'],
  ['db.url', { database: 'embedded', extra: 1 }, 'no field "extra"'],
  ['db.rollback', { database: 'embedded', stpes: 1 }, 'did you mean steps?'],
  ['db.rollback', { database: 'embedded', steps: 0 }, 'params.steps must be at least 1'],
  ['db.rollback', { database: 'embedded', steps: '2' }, 'params.steps must be a whole number'],
  ['db.make', { database: 'embedded', drop: ['a', 3] }, 'params.drop.1 must be text'],
  ['db.make', [1], 'params must be an object'],
];
for (const [method, params, message] of bad) {
  test(`${method} with ${JSON.stringify(params)} is refused, naming the field`, () =>
    serving(async ({ greet }) => {
      const { error } = await (await greet()).request(method, params);
      assert.is(error?.code, -32602);
      assert.is(error?.data?.code, 'USAGE');
      assert.match(error?.message ?? '', message);
    }));
}

test('a password in a bad parameter is not repeated', () =>
  serving(async ({ greet }) => {
    const response = await (await greet()).request('db.url', { database: 'postgres://me:hunter2@[bad/x' });
    assert.is(response.error?.code, -32602);
    assert.not.match(JSON.stringify(response), 'hunter2');
  }));

test('what is not JSON-RPC is answered with the numbers of JSON-RPC', () =>
  serving(async ({ greet }) => {
    const client = await greet();
    assert.is((await client.send('{')).error?.code, -32700);
    for (const odd of ['null', '1', '"x"', '{}', '{"jsonrpc":"2.0","id":{},"method":"db.url"}']) {
      assert.is((await client.send(odd)).error?.code, -32600, odd);
    }
    assert.is((await client.request('db.drop')).error?.code, -32601);
    assert.is((await client.request('constructor')).error?.code, -32601);
  }));

test('a batch is answered as a batch, however small; an empty or a large one is refused', () =>
  serving(async ({ greet }) => {
    const client = await greet();
    const requests = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, method: 'db.url', params: { database: 'embedded' } }));
    assert.is(((await client.send(requests(1))) as unknown as Message[]).length, 1);
    assert.is(((await client.send(requests(50))) as unknown as Message[]).length, 50);
    assert.is((await client.send(requests(51))).error?.code, -32600);
    assert.is((await client.send([])).error?.code, -32600);
  }));

test('errors of the catalogue keep their code, number and details; a bug is INTERNAL and ends nothing', () =>
  serving(async ({ greet }) => {
    const client = await greet();
    const { error } = await client.request('db.fresh', { database: 'embedded' });
    assert.is(error?.code, 1022);
    assert.equal(error?.data, { code: 'CONFIRMATION_NEEDED', details: { action: 'db:fresh', target: 'shop', flag: '--force' } });
    assert.is((await client.request('db.make', { database: 'embedded' })).error?.data?.code, 'INTERNAL');
    assert.ok((await client.request('db.url', { database: 'embedded' })).result);
  }));

test('$/cancelRequest stops a request, which answers with what it did', () =>
  serving(async ({ greet }) => {
    const client = await greet();
    const seeding = client.request('db.seed', { database: 'embedded', count: 60_000 }, 5);
    await waitUntil('it works', () => client.messages.some((message) => (message as Message).method === '$/progress'));
    client.socket.send(JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 5 } }));
    assert.is((await seeding).error?.data?.code, 'CANCELLED');
  }));

test('an id that is still running cannot be used again', () =>
  serving(async ({ greet, server }) => {
    const client = await greet();
    client.socket.send(JSON.stringify({ jsonrpc: '2.0', id: 5, method: 'db.seed', params: { database: 'embedded', count: 60_000 } }));
    await waitUntil('it works', () => server.running === 1);
    assert.match((await client.request('db.url', { database: 'embedded' }, 5)).error?.message ?? '', 'still running');
  }));

test('progress goes to the asking client, ten times a second at most', () =>
  serving(async ({ greet }) => {
    const [asking, other] = [await greet(), await greet()];
    await asking.request('db.seed', { database: 'embedded', count: 300 }, 5);
    const sent = asking.messages.filter((message) => (message as Message).method === '$/progress') as Message[];
    assert.ok(sent.length >= 3 && sent.length <= 10, `${sent.length} notifications`);
    assert.ok(sent.every(({ params }) => params?.request === 5));
    assert.is(other.messages.length, 1);
  }));

test('notifications go to every client that has greeted', () =>
  serving(async ({ greet, open, server }) => {
    const [one, other, silent] = [await greet(), await greet(), await open()];
    server.notify('suggestion.changed', { database: 'embedded', suggestion: null as SuggestionInfo | null });
    await waitUntil('both are told', () => one.messages.length + other.messages.length === 4);
    assert.is(silent.messages.length, 0);
  }));

test('work goes on when its client leaves', () =>
  serving(async ({ greet, server }) => {
    const client = await greet();
    const before = state.finished;
    client.socket.send(JSON.stringify({ jsonrpc: '2.0', id: 5, method: 'db.seed', params: { database: 'embedded', count: 100 } }));
    await waitUntil('it works', () => server.running === 1);
    client.socket.terminate();
    await waitUntil('it is done', () => state.finished === before + 1);
  }));

test('draining waits for running work, and its client still gets the answer', () =>
  serving(async ({ greet, server }) => {
    const client = await greet();
    const seeding = client.request('db.seed', { database: 'embedded', count: 100 }, 5);
    await waitUntil('it works', () => server.running === 1);
    await server.drain({ drainMs: 10_000, cancelMs: 0 });
    assert.ok((await seeding).result);
  }));

test('a page in a browser is refused, on the Unix socket too', () =>
  serving(async ({ socket }) => {
    assert.match(await refused(openClient(socket, { origin: 'http://localhost' })), '403');
  }));

test('TCP wants the token, and this very machine as Host', () =>
  serving(
    async ({ server }) => {
      const { port, token } = server.tcp ?? { port: 0, token: '' };
      const tcp = (headers: Record<string, string>) => refused(opened(new WebSocket(`ws://127.0.0.1:${port}/`, { headers })));
      const authorization = `Bearer ${token}`;
      assert.match(await tcp({}), '401');
      assert.match(await tcp({ authorization: 'Bearer x' }), '401');
      assert.match(await tcp({ authorization, host: `evil.example:${port}` }), '403');
      assert.match(await tcp({ authorization, origin: `http://127.0.0.1:${port}` }), '403');
      assert.is(await tcp({ authorization }), 'accepted');
    },
    { listen: '127.0.0.1:0' },
  ));

test('without listen there is no TCP', () => serving(async ({ server }) => assert.is(server.tcp, undefined)));

test('a client that does not greet is closed', () =>
  serving(
    async ({ open }) => {
      const client = await open();
      await waitUntil('it is closed', () => client.socket.readyState === WebSocket.CLOSED, 2_000);
    },
    { limits: { ...limits, handshakeMs: 100 } },
  ));

test('more clients than the limit are refused', () =>
  serving(
    async ({ socket, open }) => {
      await open();
      await open();
      assert.match(await refused(openClient(socket)), '503');
    },
    { limits: { ...limits, maxConnections: 2 } },
  ));

test('a message over the limit ends its connection alone', () =>
  serving(async ({ greet }) => {
    const [client, other] = [await greet(), await greet()];
    client.socket.send('x'.repeat(limits.maxPayloadBytes + 1));
    await waitUntil('it is closed', () => client.socket.readyState === WebSocket.CLOSED);
    assert.ok((await other.request('db.url', { database: 'embedded' })).result);
  }));

test('a client that does not read is dropped', () =>
  serving(
    async ({ greet, server }) => {
      const client = await greet();
      client.socket.pause();
      const suggestion = { message: 'x'.repeat(300_000) } as SuggestionInfo;
      for (let sent = 0; sent < 20; sent++) server.notify('suggestion.changed', { database: 'embedded', suggestion });
      await waitUntil('it is gone', () => server.clients === 0);
    },
    { limits: { ...limits, droppedBytes: 1_000_000 } },
  ));

test('the socket is private, made again after a removal, and gone at the end', () =>
  serving(async ({ socket, server, greet }) => {
    assert.is(statSync(socket).mode & 0o777, 0o600);
    rmSync(socket);
    await server.rebind();
    assert.ok((await (await greet()).request('db.url', { database: 'embedded' })).result);
    await server.drain({ drainMs: 0, cancelMs: 0 });
    assert.not.ok(existsSync(socket));
  }));

test('plain HTTP is told that a WebSocket is served here', () =>
  serving(async ({ socket }) => {
    const status = await new Promise((resolve) =>
      get({ socketPath: socket, path: '/' }, (response) => resolve(response.resume().statusCode)),
    );
    assert.is(status, 426);
  }));

test('rpc.discover describes every request with the fields that it takes', () =>
  serving(async ({ greet }) => {
    const { result } = (await (await greet()).request('rpc.discover')) as unknown as {
      result: { openrpc: string; methods: { name: string; params: { name: string; required: boolean }[] }[] };
    };
    assert.is(result.openrpc, '1.3.2');
    const rollback = result.methods.find(({ name }) => name === 'db.rollback');
    assert.equal(rollback?.params.map(({ name, required }) => [name, required]).slice(0, 2), [
      ['database', true],
      ['force', false],
    ]);
  }));

test.run();
