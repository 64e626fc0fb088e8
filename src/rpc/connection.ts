import type { WebSocket } from 'ws';
import type { NotificationName, Notifications } from '../protocol/methods.ts';
import type { Limits } from './limits.ts';

type Id = string | number;

/** One client: whether it has greeted, what it has running, and how far behind it reads. */
export class Connection {
  isGreeted = false;
  readonly #socket: WebSocket;
  readonly #limits: Limits;
  readonly #running = new Map<Id, AbortController>();
  readonly #handshake: NodeJS.Timeout;

  constructor(socket: WebSocket, limits: Limits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#handshake = setTimeout(() => this.close(1008, 'daemon.hello did not come in time'), limits.handshakeMs);
    socket.once('close', () => clearTimeout(this.#handshake));
  }

  /** Lets the client stay. */
  greeted(): void {
    this.isGreeted = true;
    clearTimeout(this.#handshake);
  }

  /** Sends to a client that keeps up; one that does not is dropped, as `ws` would buffer for it without end. */
  send(payload: unknown): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#limits.droppedBytes) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(payload));
  }

  notify<N extends NotificationName>(method: N, params: Notifications[N]): void {
    if (method === '$/progress' && this.#socket.bufferedAmount > this.#limits.slowBytes) return;
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** True while a request of this id runs. */
  isRunning(id: Id): boolean {
    return this.#running.has(id);
  }

  /** Begins a request, which `$/cancelRequest` and `cancelAll` can then cancel; pairs with `end`. */
  begin(id: Id): AbortSignal {
    const controller = new AbortController();
    this.#running.set(id, controller);
    return controller.signal;
  }

  /** Ends the request that `begin` began. */
  end(id: Id): void {
    this.#running.delete(id);
  }

  cancel(id: Id): void {
    this.#running.get(id)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
