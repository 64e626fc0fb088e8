import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { FastpyError } from '../errors.ts';
import { assertCommitted } from './assertCommitted.ts';
import { toSqlError, toUnreachable } from './convertError.ts';
import { safeUrl } from './safeUrl.ts';
import type { Database, Query, Session } from './session.ts';
import { settingsStatement } from './sessionSettings.ts';
import { SqlError } from './sqlError.ts';
import { parseTarget } from './target.ts';
import { valueParsers } from './values.ts';

const CONNECT_LIMIT_MS = 10_000;
const KEPT_CONNECTIONS = 3;
// A connection costs 8 ms and warm caches, a backend that knows a thousand tables 25 MB: one waits for the next work as long as somebody
// may come back to it, the others only for works that come at once.
const FIRST_KEPT_MS = 600_000;
const OTHERS_KEPT_MS = 5_000;

/** How a scratch database is worked with. */
export interface ScratchOptions {
  /** Works on it are rare: no connection waits for long. */
  readonly isRare?: boolean | undefined;
}
// pg takes an empty text for absent and then obeys PGOPTIONS of the environment; this one sets what is set anyway.
const NO_OPTIONS = '-c client_encoding=UTF8';

// Roles belong to the whole server: a statement about one that another scratch database holds would wait for ever.
const LOCK_LIMIT_MS = 30_000;

// What is prepared is the same text for other values every time: it is planned once, not again for each.
const SETTINGS = `${settingsStatement({ lockTimeout: LOCK_LIMIT_MS })}, pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', false)`;
// Ends a transaction that was left open, and does what DISCARD ALL does, but for what is prepared; that itself would be refused in one
// message with others.
const RENEW = `ROLLBACK; CLOSE ALL; RESET SESSION AUTHORIZATION; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES; ${SETTINGS}`;

/** A session on a scratch database, which also takes scripts. */
export type ScratchSession = Session & { readonly script: (text: string) => Promise<void>; readonly prepared: Query };

/** A database in which nothing matters: its sessions run whole scripts in one message. */
export interface ScratchDatabase extends Database {
  session<T>(work: (session: ScratchSession) => Promise<T>): Promise<T>;
  transaction<T>(work: (session: ScratchSession) => Promise<T>): Promise<T>;
  /** Whether a work runs on it now. */
  readonly isBusy: boolean;
  /** Waits for the works that run and closes all connections; the next work opens one again. False when one runs on after the limit. */
  disconnect(limitMs: number): Promise<boolean>;
}

/**
 * Opens a scratch database on the pg driver; it connects at the first use. The connection of a work that succeeded is kept for
 * the next one, with its settings and temporary objects discarded: `close` before dropping or copying the database.
 */
export function openScratch(url: string, { isRare = false }: ScratchOptions = {}): ScratchDatabase {
  return new PgDatabase(url, isRare ? OTHERS_KEPT_MS : FIRST_KEPT_MS);
}

/** A connection that waits for work. */
interface Idle {
  readonly client: pg.Client;
  /** False when it turned out to be of no use. */
  readonly renewed: Promise<boolean>;
  /** What ends it when none comes. */
  readonly timer: NodeJS.Timeout;
}

const isOfNoUse = (): boolean => false;

const isRefusal = (error: unknown): boolean =>
  error instanceof SqlError || (error instanceof FastpyError && error.code !== 'DATABASE_UNREACHABLE');

class PgDatabase implements ScratchDatabase {
  readonly url: string;
  readonly safeUrl: string;
  #idle: Idle[] = [];
  readonly #works = new Set<Promise<unknown>>();
  readonly #firstKeptMs: number;
  #isClosed = false;

  constructor(url: string, firstKeptMs: number) {
    this.url = url;
    this.#firstKeptMs = firstKeptMs;
    this.safeUrl = safeUrl(url);
  }

  get isBusy(): boolean {
    return this.#works.size > 0;
  }

  session<T>(work: (session: ScratchSession) => Promise<T>): Promise<T> {
    return this.#connect((client) => work(this.#sessionOn(client)));
  }

  #connect<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const result = this.#work(work);
    this.#works.add(result);
    const forget = (): void => void this.#works.delete(result);
    result.then(forget, forget);
    return result;
  }

  /** A work that throws may have spoiled its connection; what PostgreSQL or we ourselves refused has not. */
  async #work<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = (await this.#takeIdle()) ?? (await this.#open());
    try {
      const result = await work(client);
      this.#keep(client);
      return result;
    } catch (error) {
      if (isRefusal(error)) this.#keep(client);
      else await client.end().catch(() => undefined);
      throw error;
    }
  }

  async #takeIdle(): Promise<pg.Client | undefined> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      clearTimeout(idle.timer);
      if (await idle.renewed) return idle.client;
    }
    return undefined;
  }

  transaction<T>(work: (session: ScratchSession) => Promise<T>): Promise<T> {
    return this.#connect(async (client) => {
      await this.#run(client, 'BEGIN');
      const result = await work(this.#sessionOn(client));
      assertCommitted((await this.#run(client, 'COMMIT')).command);
      return result;
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#endIdle(this.#idle);
  }

  async disconnect(limitMs: number): Promise<boolean> {
    if (this.isBusy) await Promise.race([Promise.allSettled(this.#works), delay(limitMs, undefined, { ref: false })]);
    await this.#endIdle(this.#idle);
    return !this.isBusy;
  }

  async #endIdle(some: readonly Idle[]): Promise<void> {
    this.#idle = this.#idle.filter((idle) => !some.includes(idle));
    for (const { timer } of some) clearTimeout(timer);
    await Promise.all(some.map(async ({ client, renewed }) => (await renewed) && client.end().catch(() => undefined)));
  }

  async #open(): Promise<pg.Client> {
    try {
      const target = parseTarget(this.url);
      const client = new pg.Client({
        ...target,
        options: target.options ?? NO_OPTIONS,
        connectionTimeoutMillis: CONNECT_LIMIT_MS,
        types: { getTypeParser },
      });
      client.on('error', () => this.#forget(client));
      await client.connect();
      await client.query(SETTINGS);
      return client;
    } catch (error) {
      throw toUnreachable(error, this.safeUrl);
    }
  }

  /** Who gave the connection back does not wait until it is as new; who takes it next does. */
  #keep(client: pg.Client): void {
    if (this.#isClosed || this.#idle.length >= KEPT_CONNECTIONS) return void client.end().catch(() => undefined);
    const ended = () => client.end().then(isOfNoUse, isOfNoUse);
    const renewed = client.query(RENEW).then(() => true, ended);
    const timer = setTimeout(() => this.#forget(client), this.#idle.length === 0 ? this.#firstKeptMs : OTHERS_KEPT_MS).unref();
    this.#idle.push({ client, renewed, timer });
  }

  #forget(client: pg.Client): void {
    void this.#endIdle(this.#idle.filter((idle) => idle.client === client));
  }

  #sessionOn(client: pg.Client): ScratchSession {
    const query: Query = async <Row>(text: string, values?: readonly unknown[]) =>
      (await this.#run(client, text, values)).rows as readonly Row[];
    const prepared: Query = async <Row>(text: string, values: readonly unknown[] = []) =>
      (await this.#run(client, { name: nameOf(text), text, values: [...values] })).rows as readonly Row[];
    return { query, prepared, script: async (text) => void (await this.#run(client, text)) };
  }

  async #run(client: pg.Client, statement: string | pg.QueryConfig, values?: readonly unknown[]) {
    try {
      return await client.query(statement as string, values as unknown[]);
    } catch (error) {
      throw toSqlError(error, { statement: typeof statement === 'string' ? statement : statement.text, target: this.safeUrl });
    }
  }
}

const names = new Map<string, string>();

/** A name for a prepared statement: the same for the same text. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `fastpyd_${names.size}`;
  names.set(text, name);
  return name;
}

/** How a value of a type, given by its oid, arrives. */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const ours = valueParsers.find((parser) => parser.oid === oid || parser.arrayOid === oid);
  if (!ours) return pg.types.getTypeParser(oid, format as 'text');
  return ours.oid === oid ? ours.parse : (text) => parseElements(parseTextArray(text) as unknown[], ours.parse);
}

const TEXT_ARRAY_OID = 1009;
const parseTextArray = getTypeParser(TEXT_ARRAY_OID);

function parseElements(elements: readonly unknown[], parse: (text: string | null) => unknown): unknown[] {
  return elements.map((element) => (Array.isArray(element) ? parseElements(element, parse) : parse(element as string | null)));
}
