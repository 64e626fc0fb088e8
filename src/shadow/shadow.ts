import { randomBytes } from 'node:crypto';
import { quoteIdentifier } from '../database/quote.ts';
import { openScratch, type ScratchDatabase } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';

/** Where scratch databases are made: a private cluster, or a server that the project names. */
export interface ShadowServer {
  /** e.g. `18.4`. */
  readonly version: string;
  readonly major: number;
  /** The database to connect to in order to make others. */
  readonly database: string;
  url(database: string, role?: string): string;
  /** False when it has ended by itself. */
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** A scratch database, and what makes it go away. */
export interface Scratch {
  readonly database: ScratchDatabase;
  drop(): Promise<void>;
}

const ROLE_EXISTS = '42710';

/** Makes scratch databases on one server, on behalf of a role that is named like the one that owns the live objects. */
export class Shadow {
  readonly server: ShadowServer;
  readonly #role: string;
  readonly #admin: ScratchDatabase;

  private constructor(server: ShadowServer, role: string) {
    this.server = server;
    this.#role = role;
    this.#admin = openScratch(server.url(server.database));
  }

  static async open(server: ShadowServer, role: string): Promise<Shadow> {
    const shadow = new Shadow(server, role);
    await shadow.ensureRoles([role], 'SUPERUSER LOGIN');
    return shadow;
  }

  /** Makes the roles that are missing; they only have to exist so that privileges and policies can name them. */
  ensureRoles(names: readonly string[], attributes = 'NOLOGIN'): Promise<void> {
    return this.#admin.session(async (session) => {
      const present = await session.query<{ name: string }>('select rolname::text as name from pg_roles');
      const missing = names.filter((name) => !present.some((role) => role.name === name));
      for (const name of missing) {
        await session.query(`CREATE ROLE ${quoteIdentifier(name)} ${attributes}`).catch((error) => ignore(error, ROLE_EXISTS));
      }
    });
  }

  /** A new empty database, as a fresh `template0` has it. */
  async create(): Promise<Scratch> {
    const name = `fastpyd_scratch_${randomBytes(6).toString('hex')}`;
    await this.#execute(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 OWNER ${quoteIdentifier(this.#role)}`);
    const database = openScratch(this.server.url(name, this.#role));
    return {
      database,
      drop: async () => {
        await database.close();
        await this.#execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
      },
    };
  }

  /** Gives the work a new empty database and drops it afterwards. */
  async scratch<T>(work: (database: ScratchDatabase) => Promise<T>): Promise<T> {
    const { database, drop } = await this.create();
    try {
      return await work(database);
    } finally {
      await drop();
    }
  }

  async close(): Promise<void> {
    await this.#admin.close();
    await this.server.stop();
  }

  #execute(statement: string): Promise<unknown> {
    return this.#admin.session((session) => session.query(statement));
  }
}

function ignore(error: unknown, sqlState: string): void {
  if (!(error instanceof SqlError) || error.sqlState !== sqlState) throw error;
}
