/** A running private PostgreSQL server. It ends with this process, however that ends. */
export interface Cluster {
  readonly major: number;
  /** As `postgres --version` says it: `18.4`. */
  readonly version: string;
  /** The database to connect to when nothing says which: `postgres` in a shadow, the project's own in the embedded cluster. */
  readonly database: string;
  /** The data directory. */
  readonly directory: string;
  /** PostgreSQL's own log. */
  readonly log: string;
  /** For files about this server's databases, which stay as long as they do; only where they outlive this process. */
  readonly sideFolder?: string | undefined;
  /** A URL that psql, pg and slonik all accept. */
  url(database: string, role?: string): string;
  /** False once the server has ended, by `stop` or by itself. */
  isRunning(): boolean;
  /** Resolves when the server has ended; a disposable shadow's directory is then gone. */
  stop(): Promise<void>;
}

/**
 * A URL for a server on a Unix socket. The folder stands percent-encoded in the place of the host: libpq, pg and slonik all take that;
 * a `host` parameter only two of them. The port is always written, since PGPORT would change the name of the socket.
 */
export function socketUrl(target: SocketTarget): string {
  const [role, folder, database] = [target.role, target.folder, target.database].map(encodeURIComponent);
  return `postgresql://${role}@${folder}:${target.port ?? 5432}/${database}`;
}

interface SocketTarget {
  readonly folder: string;
  readonly port?: number | undefined;
  readonly database: string;
  readonly role: string;
}
