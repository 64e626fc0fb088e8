import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { NotificationName, Notifications } from '../protocol/methods.ts';
import type { Logger } from '../support/log.ts';
import { Connection } from './connection.ts';
import { type Answer, createDispatcher } from './dispatcher.ts';
import { limits as defaultLimits, type Limits } from './limits.ts';
import { type Refusal, refusalOf } from './upgrade.ts';

const POLL_MS = 20;
const FAREWELL_MS = 200;

export interface ServeOptions {
  /** Path of the Unix socket, or name of the pipe. */
  readonly socket: string;
  /** `host:port` on loopback for TCP beside it. */
  readonly listen?: string | undefined;
  readonly answer: Answer;
  readonly log: Logger;
  readonly limits?: Limits | undefined;
}

/** TCP access: where, and the token that a client must bring. */
export interface TcpAccess {
  readonly host: string;
  readonly port: number;
  readonly token: string;
}

/** The daemon's ear: JSON-RPC over WebSockets. */
export interface RpcServer {
  readonly clients: number;
  /** Requests being worked on, those of clients that have left included. */
  readonly running: number;
  readonly tcp: TcpAccess | undefined;
  /** Tells every client that has greeted. */
  notify<N extends NotificationName>(name: N, params: Notifications[N]): void;
  /** Makes the socket again where somebody removed it. */
  rebind(): Promise<void>;
  /** Takes no more clients, and waits so long for running work before it is cancelled, and so long after that. Pairs with `close`. */
  drain(options: { drainMs: number; cancelMs: number }): Promise<void>;
  /** Ends the connections: to a client that waits for it, the sign that the daemon is over. */
  close(): Promise<void>;
}

/**
 * Serves requests on a Unix socket and, if asked, on loopback TCP.
 * The caller holds the project's lock: a socket file that is there already is a dead daemon's.
 */
export async function serve(options: ServeOptions): Promise<RpcServer> {
  const limits = options.limits ?? defaultLimits;
  const connections = new Set<Connection>();
  const dispatcher = createDispatcher({ answer: options.answer, limits, log: options.log });
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxPayloadBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const accept = (socket: WebSocket) => attach(socket, { connections, dispatcher, limits, log: options.log });
  const listener = (token?: string) =>
    createListener({ webSockets, accept, token, isFull: () => connections.size >= limits.maxConnections });

  let local = await listenLocally(listener(), options.socket);
  const tcp = options.listen === undefined ? undefined : await listenOnLoopback(listener, options.listen);

  return {
    get clients() {
      return connections.size;
    },
    get running() {
      return dispatcher.running;
    },
    tcp: tcp?.access,
    notify: (name, params) => {
      for (const connection of connections) if (connection.isGreeted) connection.notify(name, params);
    },
    rebind: async () => {
      local.close();
      local = await listenLocally(listener(), options.socket);
    },
    drain: async ({ drainMs, cancelMs }) => {
      removeSocket(options.socket);
      local.close();
      tcp?.server.close();
      const isDone = () => dispatcher.running === 0;
      await waitFor(isDone, drainMs);
      for (const connection of connections) connection.cancelAll();
      await waitFor(isDone, cancelMs);
    },
    close: () => farewell(connections),
  };
}

function attach(
  socket: WebSocket,
  server: { connections: Set<Connection>; dispatcher: ReturnType<typeof createDispatcher>; limits: Limits; log: Logger },
): void {
  const connection = new Connection(socket, server.limits);
  server.connections.add(connection);
  socket.once('close', () => server.connections.delete(connection));
  socket.on('error', (err) => server.log.warn({ err }, 'client dropped'));
  socket.on('message', (data: RawData, isBinary) => {
    if (isBinary) return connection.close(1003, 'text only');
    server.dispatcher.receive(String(data), connection).catch((err) => server.log.error({ err }, 'a bug'));
  });
}

interface ListenerOptions {
  readonly webSockets: WebSocketServer;
  readonly accept: (socket: WebSocket) => void;
  readonly token: string | undefined;
  readonly isFull: () => boolean;
}

function createListener({ webSockets, accept, token, isFull }: ListenerOptions): Server {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 }, (_, response) => {
    response.writeHead(426, { connection: 'close' }).end('a WebSocket is served here\n');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, token) ?? (isFull() ? ({ status: 503, reason: 'too many clients' } as const) : undefined);
    if (refusal === undefined) webSockets.handleUpgrade(request, socket, head, accept);
    else refuse(socket, refusal);
  });
  return server;
}

function refuse(socket: Duplex, { status, reason }: Refusal): void {
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${reason.length}\r\n\r\n${reason}`,
  );
}

/** Bound under another name and renamed, so that whoever finds the socket finds it answering, and private. */
async function listenLocally(server: Server, path: string): Promise<Server> {
  if (process.platform === 'win32') return listening(server, { path });
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  await listening(server, { path: temporary });
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
  return server;
}

async function listenOnLoopback(listener: (token: string) => Server, address: string): Promise<{ server: Server; access: TcpAccess }> {
  const token = randomBytes(32).toString('base64url');
  const { hostname, port } = new URL(`tcp://${address}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  const server = await listening(listener(token), { host, port: Number(port) });
  return { server, access: { host, port: (server.address() as AddressInfo).port, token } };
}

function listening(server: Server, where: { path: string } | { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function removeSocket(path: string): void {
  if (process.platform !== 'win32') rmSync(path, { force: true });
}

async function waitFor(holds: () => boolean, limitMs: number): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!holds() && Date.now() < limit) await sleep(POLL_MS);
}

async function farewell(connections: ReadonlySet<Connection>): Promise<void> {
  for (const connection of connections) connection.close(1001, 'the daemon ends');
  await waitFor(() => connections.size === 0, FAREWELL_MS);
  for (const connection of connections) connection.terminate();
}
