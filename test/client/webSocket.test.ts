/** The client's own WebSocket against the server of `ws`, which the daemon uses, and against servers that are none. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type WebSocket, WebSocketServer } from 'ws';
import { type LocalWebSocket, openWebSocket } from '../../client/webSocket.ts';

const folder = mkdtempSync(join(tmpdir(), 'fastpyd-websocket-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

let sockets = 0;
const newPath = () => join(folder, `${++sockets}.sock`);

async function listening(server: Server | HttpServer): Promise<string> {
  const path = newPath();
  server.listen(path);
  await once(server, 'listening');
  return path;
}

/** Both ends of one connection, the far one held by `ws`. */
interface Pair {
  readonly near: LocalWebSocket;
  readonly far: WebSocket;
  /** What has come to the near end. */
  readonly texts: readonly string[];
}

async function withPair(work: (pair: Pair) => Promise<void>): Promise<void> {
  const http = createHttpServer();
  const server = new WebSocketServer({ server: http });
  const connected = once(server, 'connection');
  const near = await openWebSocket(await listening(http));
  const [far] = (await connected) as [WebSocket];
  if (near === undefined) return assert.unreachable('nobody listens');
  const texts: string[] = [];
  near.listen((text) => texts.push(text));
  try {
    await work({ near, far, texts });
  } finally {
    near.terminate();
    server.close();
    http.close();
  }
}

/** A server that answers whatever comes with these bytes. */
async function answering(work: (path: string) => Promise<void>, answer: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  await work(await listening(server)).finally(() => server.close());
}

const HANDSHAKE = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  '\r\n',
].join('\r\n');

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => assert.unreachable('it was opened'),
    ({ message }: Error) => message,
  ) as Promise<string>;
}

const lengths = [0, 1, 125, 126, 65535, 65536, 5_000_000];

test('texts of every length go both ways unchanged', () =>
  withPair(async ({ near, far, texts }) => {
    const sent = lengths.map((length) => 'ä€😀z'.repeat(length).slice(0, length));
    const heard: string[] = [];
    far.on('message', (data) => heard.push(String(data)));
    for (const text of sent) near.send(text);
    for (const text of sent) far.send(text);
    while (heard.length < sent.length) await once(far, 'message');
    far.close();
    await near.closed;
    assert.ok(heard.every((text, index) => text === sent[index]?.toWellFormed()));
    assert.ok(texts.length === sent.length && texts.every((text, index) => text === sent[index]?.toWellFormed()));
  }));

test('a text in fragments is one text, and a ping between them is answered', () =>
  withPair(async ({ near, far, texts }) => {
    far.send('one ', { fin: false });
    far.ping('still there?');
    far.send('two', { fin: true });
    const [answer] = await once(far, 'pong');
    assert.is(String(answer), 'still there?');
    far.close();
    await near.closed;
    assert.equal(texts, ['one two']);
  }));

test('the other side learns that this one left, and that it meant to', () =>
  withPair(async ({ near, far }) => {
    const closed = once(far, 'close');
    near.send('last words');
    near.close();
    assert.not(near.isOpen);
    const [words] = await once(far, 'message');
    assert.is(String(words), 'last words');
    assert.is((await closed)[0], 1000);
    await near.closed;
  }));

test('when the other side leaves, its reason goes back and the connection ends', () =>
  withPair(async ({ near, far }) => {
    assert.ok(near.isOpen);
    far.close(1001, 'the daemon ends');
    const [code] = await once(far, 'close');
    assert.is(code, 1001);
    await near.closed;
    assert.not(near.isOpen);
  }));

test('a connection that breaks is closed', () =>
  withPair(async ({ near, far }) => {
    far.terminate();
    await near.closed;
  }));

test('what comes in one piece with the handshake is not lost', () =>
  answering(
    async (path) => {
      const near = await openWebSocket(path);
      const text = await new Promise((resolve) => near?.listen(resolve));
      assert.is(text, 'hi');
      near?.terminate();
    },
    (socket) => socket.write(Buffer.concat([Buffer.from(HANDSHAKE), Buffer.from('81026869', 'hex')])),
  ));

for (const [name, bytes] of [
  ['a masked frame', '818200000000686900'],
  ['a compressed frame', 'c1026869'],
  ['a binary message', '82026869'],
] as const) {
  test(`${name} from the server ends the connection`, () =>
    answering(
      async (path) => {
        const near = await openWebSocket(path);
        near?.listen(() => assert.unreachable('it was taken'));
        await near?.closed;
      },
      (socket) => socket.write(Buffer.concat([Buffer.from(HANDSHAKE), Buffer.from(bytes, 'hex')])),
    ));
}

test('nobody is there where no socket is, where it is left over, and where whoever listens is just ending', async () => {
  assert.is(await openWebSocket(newPath()), undefined);
  const leftOver = newPath();
  writeFileSync(leftOver, '');
  assert.is(await openWebSocket(leftOver), undefined);
  await answering(
    async (path) => assert.is(await openWebSocket(path), undefined),
    (socket) => socket.destroy(),
  );
  await answering(
    async (path) => assert.is(await openWebSocket(path), undefined),
    (socket) => socket.end(HANDSHAKE.slice(0, 40)),
  );
});

test('an answer that is not a WebSocket is an error', async () => {
  const refusals = {
    'HTTP/1.1 503 Refused\r\n\r\ntoo many clients': 'Unexpected server response: 503',
    'SSH-2.0-OpenSSH\r\n\r\n': 'Unexpected server response: not HTTP',
    [HANDSHAKE.replace('s3pP', 'xxxx')]: 'Invalid Sec-WebSocket-Accept header',
    [`HTTP/1.1 200 OK\r\n${'x'.repeat(20_000)}`]: 'Unexpected server response: 200',
  };
  for (const [answer, message] of Object.entries(refusals))
    await answering(
      async (path) => assert.is(await failure(openWebSocket(path)), message),
      (socket) => socket.write(answer),
    );
});

test.run();
