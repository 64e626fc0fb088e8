/** One statement's rows; values are bound as `$1`, `$2`… */
export type Query = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** One connection to one database, held until the work that was given it ends. */
export interface Session {
  readonly query: Query;
  /** The same as `query`, for a text that comes often: the server plans it once for each connection. Scratch databases only. */
  readonly prepared?: Query;
  /** Runs a text of any number of statements, in one message, and discards its rows. Scratch databases only. */
  readonly script?: (text: string) => Promise<void>;
  /** Runs a `COPY … FROM STDIN` with rows in PostgreSQL's text format, and gives their number. Of a database for many rows only. */
  readonly copy?: (text: string, data: Uint8Array) => Promise<number>;
}

/**
 * A database that can be worked with; the live one is reached through slonik, a scratch one through pg.
 * SQL errors surface as `SqlError` (see sqlError.ts); a connection that cannot be made as `DATABASE_UNREACHABLE`.
 */
export interface Database {
  /** The URL with its password replaced by `***`, fit for messages and logs. */
  readonly safeUrl: string;
  readonly url: string;
  /** Gives the work a connection of its own, outside a transaction. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Gives the work a connection inside a transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
