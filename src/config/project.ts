/** The settings of `fastpyd.config.json`, with every default filled in. Times are in milliseconds. */
export interface Config {
  readonly models: readonly string[];
  readonly migrations: string;
  readonly seeders: string;
  /** Managed schemas; `['*']` means every schema that is not PostgreSQL's own. */
  readonly schemas: readonly string[];
  /** A URL, `env:NAME` or `embedded`; absent means that DATABASE_URL decides, and else the embedded one is used. */
  readonly databaseUrl?: string | undefined;
  /** The same database without the pooler before it, as a URL or `env:NAME`. */
  readonly directUrl?: string | undefined;
  /** `embedded` or a URL of a server on which scratch databases may be made. */
  readonly shadow: string;
  readonly protected: boolean;
  readonly naming: 'snake_case' | 'verbatim';
  readonly lockTimeout: number;
  readonly statementTimeout: number;
  /** The daemon ends by itself after this long without a client; 0 = never. */
  readonly idleExit: number;
  /** Whether models make and change roles: all that they create, or those whose name fits a pattern. */
  readonly manageRoles: boolean | readonly string[];
  /** Whether migrations are made in their safe form; absent, they are wherever the database is not one for development. */
  readonly safe?: boolean | undefined;
  readonly ignoreDrift: readonly IgnoredDrift[];
  /** `host:port` for TCP on loopback; absent means the Unix socket alone. */
  readonly listen?: string | undefined;
}

/** Drift that is to stay as it is. */
export interface IgnoredDrift {
  /** A dotted name, `*` for any text, with a kind before it where that counts: `public.audit_*`, `index:public.posts.*`. */
  readonly object: string;
  readonly reason: string;
}

/** A folder with a `fastpyd.config.json`, as the daemon and the commands see it. */
export interface Project {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  readonly configFile: string;
  readonly config: Config;
}
