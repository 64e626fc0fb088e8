import pg from 'pg';
import { assertCommitted } from './assertCommitted.ts';
import { toSqlError, toUnreachable } from './convertError.ts';
import { copyIn } from './copyIn.ts';
import { safeUrl } from './safeUrl.ts';
import { getTypeParser } from './scratch.ts';
import type { Database, Session } from './session.ts';
import { type SessionOptions, settingsStatement } from './sessionSettings.ts';
import { parseTarget } from './target.ts';

const CONNECT_LIMIT_MS = 10_000;

/** A session that also takes rows by COPY. */
export type BulkSession = Session & Required<Pick<Session, 'copy'>>;

/** A database that many rows are put into, one work at a time. */
export interface BulkDatabase extends Database {
  session<T>(work: (session: BulkSession) => Promise<T>): Promise<T>;
  transaction<T>(work: (session: BulkSession) => Promise<T>): Promise<T>;
}

/**
 * Opens a database for many rows, on the pg driver, since slonik has no COPY. It connects at the first use, and works follow each other on
 * that one connection.
 */
export const openBulk = (url: string, options: SessionOptions = {}): BulkDatabase => new OneConnection(url, options);

class OneConnection implements BulkDatabase {
  readonly url: string;
  readonly safeUrl: string;
  readonly #options: SessionOptions;
  #client: Promise<pg.Client> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, options: SessionOptions) {
    this.url = url;
    this.safeUrl = safeUrl(url);
    this.#options = options;
  }

  session<T>(work: (session: BulkSession) => Promise<T>): Promise<T> {
    return this.#afterOthers(async () => work(this.#sessionOn(await this.#connected())));
  }

  transaction<T>(work: (session: BulkSession) => Promise<T>): Promise<T> {
    return this.#afterOthers(async () => {
      const client = await this.#connected();
      await this.#run(client, 'BEGIN');
      try {
        const result = await work(this.#sessionOn(client));
        assertCommitted((await this.#run(client, 'COMMIT')).command);
        return result;
      } catch (error) {
        await this.#run(client, 'ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result;
    return result;
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#open();
    return this.#client;
  }

  async #open(): Promise<pg.Client> {
    try {
      const client = new pg.Client({ ...parseTarget(this.url), connectionTimeoutMillis: CONNECT_LIMIT_MS, types: { getTypeParser } });
      client.on('error', () => {
        this.#client = undefined;
      });
      await client.connect();
      await client.query(settingsStatement(this.#options));
      return client;
    } catch (error) {
      this.#client = undefined;
      throw toUnreachable(error, this.safeUrl);
    }
  }

  #sessionOn(client: pg.Client): BulkSession {
    return {
      query: async <Row>(text: string, values?: readonly unknown[]) => (await this.#run(client, text, values)).rows as readonly Row[],
      copy: (text, data) => this.#converting(text, () => copyIn(client, text, data)),
    };
  }

  #run(client: pg.Client, text: string, values: readonly unknown[] = []) {
    // The extended protocol takes one statement at a time, so that a text of several cannot end the transaction unseen.
    return this.#converting(text, () => client.query({ text, values: [...values], queryMode: 'extended' } as pg.QueryConfig));
  }

  async #converting<T>(statement: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toSqlError(error, { statement, target: this.safeUrl });
    }
  }
}
