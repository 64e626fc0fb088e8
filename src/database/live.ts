import { createPgDriverFactory } from '@slonik/pg-driver';
import {
  type ClientConfigurationInput,
  createPool,
  type DatabasePool,
  type DatabasePoolConnection,
  type PrimitiveValueExpression,
  sql,
} from 'slonik';
import { FastpyError, fail } from '../errors.ts';
import { assertCommitted } from './assertCommitted.ts';
import { toSqlError, toUnreachable } from './convertError.ts';
import { poolingOf } from './pooler.ts';
import { safeUrl } from './safeUrl.ts';
import type { Database, Query, Session } from './session.ts';
import { liveSettingsStatement, type SessionOptions, settingsOfOwn } from './sessionSettings.ts';
import { SqlError } from './sqlError.ts';
import { ownProcesses } from './survivingClient.ts';
import { parseTarget, type Target } from './target.ts';
import { valueParsers } from './values.ts';

/** How a live database is opened. */
export interface DatabaseOptions extends SessionOptions {
  /** Connections at a time; more sessions wait for one. */
  readonly maximumPoolSize?: number | undefined;
}

const CONNECT_LIMIT_MS = 10_000;
// Short: a connection that lingers would keep others from dropping or copying the database.
const IDLE_LIMIT_MS = 1_000;
// How long a lost connection is waited for to end; slonik's own 5 s would delay the error that much.
const FAREWELL_LIMIT_MS = 300;

/**
 * Opens the live database through slonik, and connects once to see that it answers.
 * A transaction whose COMMIT ends in a rollback throws; nothing is ever tried again by itself.
 * @throws DATABASE_UNREACHABLE
 * @throws POOLED
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const target = safeUrl(url);
  try {
    return new LiveDatabase(url, target, (await openUnpooled(url, options)) ?? (await openPooled(url, options)));
  } catch (error) {
    throw toUnreachable(error, target);
  }
}

/** Undefined where a pooler stands between. Nothing was set on its sessions then, which others use too. */
async function openUnpooled(url: string, options: DatabaseOptions): Promise<DatabasePool | undefined> {
  let isPooled = false;
  const pool = await openPool(url, options, async (connection) => {
    const { rows } = await connection.query(token(settingsOfOwn(options, ownProcesses())));
    if (rows.length === 0) isPooled = true;
  });
  await pool.connect(async () => undefined);
  if (!isPooled) return pool;
  await pool.end();
  return undefined;
}

/** A session of a pooler is as good as one of the server, but not one that changes with each transaction. @throws POOLED */
async function openPooled(url: string, options: DatabaseOptions): Promise<DatabasePool> {
  const bare = await openPool(url, { ...options, maximumPoolSize: 2 }, async () => undefined);
  const pooling = await poolingOf(bare).finally(() => bare.end());
  if (pooling === 'transaction') throw fail('POOLED', { target: safeUrl(url) });
  return openPool(url, options, async (connection) => void (await connection.query(token(liveSettingsStatement(options)))));
}

async function openPool(
  url: string,
  options: DatabaseOptions,
  prepare: (connection: Pick<DatabasePoolConnection, 'query'>) => Promise<void>,
): Promise<DatabasePool> {
  const { password, ssl, ...place } = parseTarget(url);
  const pool = await createPool(slonikUrl(place), {
    ...configuration(options, prepare),
    ssl: ssl || undefined,
    password,
  } as ClientConfigurationInput);
  pool.on('error', () => undefined);
  return pool;
}

function configuration(
  options: DatabaseOptions,
  prepare: (connection: Pick<DatabasePoolConnection, 'query'>) => Promise<void>,
): ClientConfigurationInput {
  return {
    driverFactory: createPgDriverFactory(),
    typeParsers: valueParsers,
    connectionTimeout: CONNECT_LIMIT_MS,
    idleTimeout: IDLE_LIMIT_MS,
    gracefulTerminationTimeout: FAREWELL_LIMIT_MS,
    maxPoolSize: options.maximumPoolSize ?? 4,
    statementTimeout: 'DISABLE_TIMEOUT',
    idleInTransactionSessionTimeout: 'DISABLE_TIMEOUT',
    connectionRetryLimit: 0,
    queryRetryLimit: 0,
    transactionRetryLimit: 0,
    // The session that a work was given is the only one it uses; slonik's own check would also forbid a second database beside it.
    dangerouslyAllowForeignConnections: true,
    interceptors: [{ name: 'settings', afterPoolConnection: (_, connection) => prepare(connection).then(() => null) }],
  };
}

function slonikUrl(place: Omit<Target, 'password' | 'ssl'>): string {
  const options = place.options ? `?options=${encodeURIComponent(place.options)}` : '';
  const [user, host, database] = [place.user, place.host, place.database].map(encodeURIComponent);
  return `postgresql://${user}@${host}:${place.port}/${database}${options}`;
}

class LiveDatabase implements Database {
  readonly url: string;
  readonly safeUrl: string;
  readonly #pool: DatabasePool;

  constructor(url: string, target: string, pool: DatabasePool) {
    this.url = url;
    this.safeUrl = target;
    this.#pool = pool;
  }

  session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#connect((connection) => work({ query: this.#queryOn(connection) }));
  }

  transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#connect((connection) => this.#transact(connection, work));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /**
   * Errors of the work pass as they are; any other is one of getting or keeping the connection. slonik gives up with the connection, but the
   * work may be about others too: it is waited for, since nothing can be said of it, or begun again, before it ends.
   */
  async #connect<T>(work: (connection: DatabasePoolConnection) => Promise<T>): Promise<T> {
    let working: Promise<T> | undefined;
    try {
      return await this.#pool.connect((connection) => {
        working = work(connection);
        return working;
      });
    } catch (error) {
      if (working === undefined) throw toUnreachable(error, this.safeUrl);
      return await working.catch((failure: unknown) => {
        throw failure === error || isOwn(failure) ? failure : toUnreachable(error, this.safeUrl);
      });
    }
  }

  async #transact<T>(connection: DatabasePoolConnection, work: (session: Session) => Promise<T>): Promise<T> {
    await this.#run(connection, 'BEGIN');
    try {
      const result = await work({ query: this.#queryOn(connection) });
      assertCommitted((await this.#run(connection, 'COMMIT')).command);
      return result;
    } catch (error) {
      await this.#run(connection, 'ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  #queryOn(connection: DatabasePoolConnection): Query {
    return async <Row>(text: string, values?: readonly unknown[]) => (await this.#run(connection, text, values)).rows as readonly Row[];
  }

  async #run(connection: DatabasePoolConnection, text: string, values: readonly unknown[] = []) {
    try {
      return await connection.query(token(text, values));
    } catch (error) {
      throw toSqlError(error, { statement: text, target: this.safeUrl });
    }
  }
}

const isOwn = (error: unknown): boolean => error instanceof FastpyError || error instanceof SqlError;

/** slonik takes text only as a token, and turns `$slonik_` in it into `$`; doubling it there brings the text through unchanged. */
function token(text: string, values: readonly unknown[] = []) {
  return {
    ...sql.unsafe`SELECT 1`,
    sql: text.replaceAll('$slonik_', '$slonik_slonik_'),
    values: values as readonly PrimitiveValueExpression[],
  };
}
