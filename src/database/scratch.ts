import pg from 'pg';
import { assertCommitted } from './assertCommitted.ts';
import { toSqlError, toUnreachable } from './convertError.ts';
import { safeUrl } from './safeUrl.ts';
import type { Database, Query, Session } from './session.ts';
import { settingsStatement } from './sessionSettings.ts';
import { parseTarget } from './target.ts';
import { valueParsers } from './values.ts';

const CONNECT_LIMIT_MS = 10_000;
const KEPT_CONNECTIONS = 3;
// pg takes an empty text for absent and then obeys PGOPTIONS of the environment; this one sets what is set anyway.
const NO_OPTIONS = '-c client_encoding=UTF8';

// What is prepared is the same text for other values every time: it is planned once, not again for each.
const SETTINGS = `${settingsStatement({})}, pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', false)`;
// DISCARD ALL, but for what is prepared. One message is one transaction, in which DISCARD ALL itself would be refused.
const RENEW = `CLOSE ALL; RESET SESSION AUTHORIZATION; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES; ${SETTINGS}`;

/** A session on a scratch database, which also takes scripts. */
export type ScratchSession = Session & { readonly script: (text: string) => Promise<void>; readonly prepared: Query };

/** A database in which nothing matters: its sessions run whole scripts in one message. */
export interface ScratchDatabase extends Database {
  session<T>(work: (session: ScratchSession) => Promise<T>): Promise<T>;
  transaction<T>(work: (session: ScratchSession) => Promise<T>): Promise<T>;
}

/**
 * Opens a scratch database on the pg driver; it connects at the first use. The connection of a work that succeeded is kept for
 * the next one, with its settings and temporary objects discarded: `close` before dropping or copying the database.
 */
export function openScratch(url: string): ScratchDatabase {
  return new PgDatabase(url);
}

class PgDatabase implements ScratchDatabase {
  readonly url: string;
  readonly safeUrl: string;
  readonly #idle: pg.Client[] = [];
  #isClosed = false;

  constructor(url: string) {
    this.url = url;
    this.safeUrl = safeUrl(url);
  }

  session<T>(work: (session: ScratchSession) => Promise<T>): Promise<T> {
    return this.#connect((client) => work(this.#sessionOn(client)));
  }

  /** A work that throws takes its connection with it, which is also what rolls a transaction back. */
  async #connect<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = this.#idle.pop() ?? (await this.#open());
    try {
      const result = await work(client);
      await this.#keep(client);
      return result;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
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
    await Promise.all(this.#idle.splice(0).map((client) => client.end()));
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

  async #keep(client: pg.Client): Promise<void> {
    if (this.#isClosed || this.#idle.length >= KEPT_CONNECTIONS) return client.end();
    try {
      await client.query(RENEW);
      this.#idle.push(client);
    } catch {
      await client.end();
    }
  }

  #forget(client: pg.Client): void {
    const place = this.#idle.indexOf(client);
    if (place >= 0) this.#idle.splice(place, 1);
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

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const ours = valueParsers.find((parser) => parser.oid === oid || parser.arrayOid === oid);
  if (!ours) return pg.types.getTypeParser(oid, format as 'text');
  return ours.oid === oid ? ours.parse : (text) => parseElements(parseTextArray(text) as unknown[], ours.parse);
}

const TEXT_ARRAY_OID = 1009;
const parseTextArray = getTypeParser(TEXT_ARRAY_OID);

function parseElements(elements: readonly unknown[], parse: (text: string | null) => unknown): unknown[] {
  return elements.map((element) => (Array.isArray(element) ? parseElements(element, parse) : parse(element as string | null)));
}
