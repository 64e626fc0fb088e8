import type { Socket } from 'node:net';
import pg from 'pg';
import { endUnreachable } from './endUnreachable.ts';

const { connect, end } = pg.Client.prototype;

const clients = new Set<pg.Client>();

/**
 * Every client of pg in this process hears its own errors, and learns that its server is out of reach. slonik's driver connects one for the types without listening, and stops
 * listening to one that could not connect; a connection cut in that moment would end the whole process, since nobody hears the event.
 * What was asked of the client is refused all the same.
 * @see https://github.com/gajus/slonik/blob/main/packages/pg-driver/src/factories/createPgDriverFactory.ts  queryTypeOverrides
 */
pg.Client.prototype.connect = function (this: pg.Client, ...parameters: unknown[]) {
  this.on('error', () => undefined);
  clients.add(this);
  this.once('end', () => clients.delete(this));
  this.once('connect', () => endUnreachable(this.connection.stream as Socket));
  return Reflect.apply(connect, this, parameters);
} as typeof connect;

/** Who ends a connection has no more use for what becomes of it; slonik stops listening before it is gone, which may never be told. */
pg.Client.prototype.end = function (this: pg.Client, ...parameters: unknown[]) {
  this.removeAllListeners('error').on('error', () => undefined);
  return Reflect.apply(end, this, parameters);
} as typeof end;

/** The server processes that the connections of this process were told are theirs; a pooler tells numbers of its own. */
export const ownProcesses = (): readonly number[] => [...clients].flatMap((client) => processOf(client) ?? []);

const processOf = (client: pg.Client): number | undefined =>
  (client as pg.Client & { readonly processID: number | null }).processID ?? undefined;
