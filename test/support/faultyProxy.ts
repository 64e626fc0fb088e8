import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { parseTarget } from '../../src/database/target.ts';

/** What happens at the chosen request, before it is sent on, or after the server has answered it and before the answer arrives. */
export interface Fault {
  /**
   * Counted over all connections, from 1; a request ends with a Sync or is a simple Query. Or which text the first one has in it:
   * that of a simple Query, since PostgreSQL is at work on the others before their Sync.
   */
  readonly request: number | RegExp;
  /** How many requests of that text pass before. */
  readonly skip?: number | undefined;
  readonly moment: 'before' | 'answered';
  /** What is done; by default all connections are cut. */
  readonly act?: (() => void) | undefined;
}

/** Stands between a client and a PostgreSQL on a Unix socket. */
export interface FaultyProxy {
  readonly url: string;
  /** How many requests went through so far. */
  readonly requests: number;
  readonly isTriggered: boolean;
  close(): Promise<void>;
}

/** A proxy that speaks enough of the protocol to break it at an exact place, so that a failure can be repeated. */
export async function faultyProxy(url: string, fault?: Fault): Promise<FaultyProxy> {
  const target = parseTarget(url);
  const sockets = new Set<Socket>();
  const state = { requests: 0, found: 0, isTriggered: false };
  const act = (): void => {
    state.isTriggered = true;
    if (fault?.act) fault.act();
    else for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const upstream = connect(join(target.host, `.s.PGSQL.${target.port}`));
    let isAwaited = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const next = messageReader();
    client.on('data', (data) => {
      for (const { bytes, isRequest } of next(data)) {
        if (isRequest) state.requests++;
        const isChosen = isRequest && !state.isTriggered && isSought(fault, state, bytes);
        if (isChosen && fault?.moment === 'before') return act();
        upstream.write(bytes);
        if (isChosen) isAwaited = true;
      }
    });
    upstream.on('data', (data) => {
      if (isAwaited && !state.isTriggered) act();
      else if (!client.destroyed) client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://${target.user}@127.0.0.1:${port}/${target.database}`,
    get requests() {
      return state.requests;
    },
    get isTriggered() {
      return state.isTriggered;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isSought(fault: Fault | undefined, state: { readonly requests: number; found: number }, bytes: Buffer): boolean {
  if (fault === undefined || typeof fault.request === 'number') return state.requests === fault?.request;
  return fault.request.test(bytes.toString('latin1')) && state.found++ === (fault.skip ?? 0);
}

const SYNC = 0x53;
const QUERY = 0x51;

/** Cuts what a client sends into messages: the first has no type. https://www.postgresql.org/docs/current/protocol-message-formats.html */
function messageReader(): (data: Buffer) => readonly { readonly bytes: Buffer; readonly isRequest: boolean }[] {
  let pending: Buffer = Buffer.alloc(0);
  let isStarted = false;
  return (data) => {
    pending = Buffer.concat([pending, data]);
    const messages = [];
    for (;;) {
      const typeLength = isStarted ? 1 : 0;
      if (pending.length < typeLength + 4) return messages;
      const length = typeLength + pending.readInt32BE(typeLength);
      if (pending.length < length) return messages;
      const type = isStarted ? pending[0] : undefined;
      messages.push({ bytes: pending.subarray(0, length), isRequest: type === SYNC || type === QUERY });
      pending = pending.subarray(length);
      isStarted = true;
    }
  };
}
