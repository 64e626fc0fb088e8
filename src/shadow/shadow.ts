import { randomBytes } from 'node:crypto';
import { quoteIdentifier } from '../database/quote.ts';
import { openScratch, type ScratchDatabase } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { type Claim, claimDatabases } from './claim.ts';

/** Where scratch databases are made: a private cluster, or a server that the project names. */
export interface ShadowServer {
  /** e.g. `18.4`. */
  readonly version: string;
  readonly major: number;
  /** The database to connect to in order to make others. */
  readonly database: string;
  /** For files about its databases; only where both outlive this process, and nobody else uses them. */
  readonly sideFolder?: string | undefined;
  /** True of one that others use too, and that is there when this process has ended. */
  readonly isShared?: boolean | undefined;
  url(database: string, role?: string): string;
  /** False when it has ended by itself. */
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** A scratch database, and what makes it go away. */
export interface Scratch {
  readonly name: string;
  readonly database: ScratchDatabase;
  drop(): Promise<void>;
}

/** What a server says of a database. */
export interface DatabaseFacts {
  readonly bytes: number;
  /** False where a copy would lack something that is kept outside the database: its settings, privileges, comment or subscriptions. */
  readonly isCopyable: boolean;
}

const ROLE_EXISTS = '42710';
const SCRATCH_PREFIX = 'fastpyd_scratch_';

const FACTS = `
  select pg_database_size(oid)::float8 as bytes, datacl is null
    and not exists (select from pg_db_role_setting where setdatabase = d.oid)
    and not exists (select from pg_shdescription where objoid = d.oid and classoid = 'pg_database'::regclass)
    and not exists (select from pg_subscription where subdbid = d.oid) as "isCopyable"
  from pg_database d where datname = $1`;

/** Makes scratch databases on one server, on behalf of a role that is named like the one that owns the live objects. */
export class Shadow {
  readonly server: ShadowServer;
  readonly role: string;
  readonly #admin: ScratchDatabase;
  #claim: Claim | undefined;

  private constructor(server: ShadowServer, role: string) {
    this.server = server;
    this.role = role;
    this.#admin = openScratch(server.url(server.database), { isRare: true });
  }

  static async open(server: ShadowServer, role: string): Promise<Shadow> {
    const shadow = new Shadow(server, role);
    await shadow.ensureRoles([role], 'SUPERUSER LOGIN');
    if (shadow.persistent) await shadow.#takeOver();
    if (server.isShared) shadow.#claim = await claimDatabases(shadow.#admin);
    return shadow;
  }

  /** Whether its databases outlive this process. */
  get persistent(): boolean {
    return this.folder !== undefined;
  }

  /** For files about its databases, where they outlive this process. */
  get folder(): string | undefined {
    return this.server.sideFolder;
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
  create(): Promise<Scratch> {
    return this.#make('template0', '');
  }

  /**
   * A new database that is as this one is; nothing may be connected to it. Copying its files takes a quarter of the time that writing
   * them to the log takes, which is PostgreSQL's choice since 15 and the better one for an empty database.
   * @throws SqlError  55006 while something is
   */
  copy(name: string): Promise<Scratch> {
    return this.#make(name, this.server.major >= 15 ? ' STRATEGY file_copy' : '');
  }

  async #make(template: string, strategy: string): Promise<Scratch> {
    const name = `${this.#claim?.prefix ?? SCRATCH_PREFIX}${randomBytes(6).toString('hex')}`;
    const owner = quoteIdentifier(this.role);
    await this.#execute(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(template)} OWNER ${owner}${strategy}`);
    const database = this.connect(name);
    return { name, database, drop: () => database.close().then(() => this.drop(name)) };
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

  /** A database of the server, to which it connects at the first use. */
  connect(name: string): ScratchDatabase {
    return openScratch(this.server.url(name, this.role));
  }

  /** The databases whose names begin so. */
  async names(prefix: string): Promise<readonly string[]> {
    const names = 'select datname::text as name from pg_database where starts_with(datname, $1)';
    const rows = await this.#admin.session((session) => session.query<{ name: string }>(names, [prefix]));
    return rows.map(({ name }) => name);
  }

  async facts(name: string): Promise<DatabaseFacts> {
    const [facts] = await this.#admin.session((session) => session.query<DatabaseFacts>(FACTS, [name]));
    return facts ?? { bytes: 0, isCopyable: false };
  }

  /** Gives a database, to which nothing is connected, a name that nothing else has any more. */
  async rename(name: string, to: string): Promise<void> {
    await this.drop(to);
    await this.#execute(`ALTER DATABASE ${quoteIdentifier(name)} RENAME TO ${quoteIdentifier(to)}`);
  }

  async drop(name: string): Promise<void> {
    await this.#execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
  }

  async close(): Promise<void> {
    this.#claim?.release();
    await this.#admin.close();
    await this.server.stop();
  }

  /** An earlier process may have left what it was making, may have met this role as one that only had to exist, and may have set it. */
  async #takeOver(): Promise<void> {
    await this.#execute(`ALTER ROLE ${quoteIdentifier(this.role)} SUPERUSER LOGIN`);
    await this.#execute(`ALTER ROLE ${quoteIdentifier(this.role)} RESET ALL`);
    for (const name of await this.names(SCRATCH_PREFIX)) await this.drop(name);
  }

  #execute(statement: string): Promise<unknown> {
    return this.#admin.session((session) => session.query(statement));
  }
}

function ignore(error: unknown, sqlState: string): void {
  if (!(error instanceof SqlError) || error.sqlState !== sqlState) throw error;
}
