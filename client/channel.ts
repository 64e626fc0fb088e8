import type { JSONRPCResponse } from 'json-rpc-2.0';
// Not from the package's index, which loads the server's half too.
import { JSONRPCClient } from 'json-rpc-2.0/dist/client.js';
import { type ErrorData, FastpyError, fail } from '../src/errors.ts';
import type { HelloParams, HelloResult, Notifications, Progress } from '../src/protocol/methods.ts';
import type { RequestOptions } from './command.ts';
import { type LocalWebSocket, openWebSocket } from './webSocket.ts';

const CLOSE_MS = 250;

type Listener = (params: never) => void;

/** JSON-RPC over one WebSocket, before anybody has greeted anybody. */
export class Channel {
  readonly closed: Promise<void>;
  readonly #socket: LocalWebSocket;
  readonly #rpc: JSONRPCClient;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #progress = new Map<number | string, (progress: Progress) => void>();
  #lastId = 0;

  constructor(socket: LocalWebSocket) {
    this.#socket = socket;
    this.#rpc = new JSONRPCClient((payload) => this.#send(payload));
    this.closed = socket.closed.then(() => this.#rpc.rejectAllPendingRequests('closed'));
    socket.listen((text) => this.#receive(text));
  }

  async request(method: string, params: object, { signal, onProgress }: RequestOptions = {}): Promise<unknown> {
    if (signal?.aborted) throw fail('CANCELLED', { state: 'Nothing was changed.' });
    const id = ++this.#lastId;
    const cancel = () => this.#send({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } });
    signal?.addEventListener('abort', cancel, { once: true });
    if (onProgress !== undefined) this.#progress.set(id, onProgress);
    try {
      return resultOf(await this.#rpc.requestAdvanced({ jsonrpc: '2.0', id, method, params }), method);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#progress.delete(id);
    }
  }

  on(name: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Greets the daemon. @throws DAEMON_MISMATCH */
  async greet(params: HelloParams): Promise<HelloResult> {
    return (await this.request('daemon.hello', params)) as HelloResult;
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#socket.terminate(), CLOSE_MS);
    this.#socket.close();
    await this.closed;
    clearTimeout(timer);
  }

  #send(payload: unknown): void {
    if (!this.#socket.isOpen) throw new Error('closed');
    this.#socket.send(JSON.stringify(payload));
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as { method?: string; params?: unknown };
    if (message.method === undefined) this.#rpc.receive(message as JSONRPCResponse);
    else this.#notify(message.method, message.params);
  }

  #notify(name: string, params: unknown): void {
    if (name === '$/progress') {
      const progress = params as Notifications['$/progress'];
      this.#progress.get(progress.request)?.(progress);
    }
    for (const listener of this.#listeners.get(name) ?? []) listener(params as never);
  }
}

function resultOf(response: JSONRPCResponse, method: string): unknown {
  const { error } = response;
  if (error === undefined) return response.result;
  if (isErrorData(error.data)) throw FastpyError.from(error.data);
  // json-rpc-2.0 answers what is still open with code 0 when it is told that the connection ended.
  const reason =
    error.code === 0
      ? `the connection ended before the answer to ${method}; \`fastpy db:status\` shows where the database stands`
      : error.message;
  throw fail('DAEMON_UNREACHABLE', { reason });
}

function isErrorData(data: unknown): data is ErrorData {
  return typeof data === 'object' && data !== null && 'code' in data && 'details' in data;
}

/**
 * Opens a channel to a daemon's socket, without greeting it.
 * @returns undefined when nobody listens there
 */
export async function openChannel(socketPath: string): Promise<Channel | undefined> {
  const socket = await openWebSocket(socketPath).catch((error: Error) => {
    throw unreachable(error);
  });
  return socket && new Channel(socket);
}

function unreachable(error: Error): FastpyError {
  return fail('DAEMON_UNREACHABLE', { reason: error.message }, { cause: error });
}
