import type { Introspection, PgNamespace } from 'pg-introspection';

/** The fields of a pg-introspection row, without the accessors that only its own parser adds. */
export type Row<T> = { readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: T[K] };

/** The members of pg-introspection's answer that kinds read; every kind's own query brings the rest, deparsed. */
export type CatalogRows = {
  readonly [K in 'namespaces']: readonly Row<Introspection[K][number]>[];
};

/** What one server says of one database: pg-introspection's rows, indexed, without what is not the user's. */
export class Catalog {
  readonly rows: CatalogRows;
  readonly majorVersion: number;
  readonly #namespaces: ReadonlyMap<string, Row<PgNamespace>>;
  readonly #extensionMembers: ReadonlySet<string>;

  /** @param extensionMembers  addresses (see kind.ts) of everything that an extension brought */
  constructor(rows: CatalogRows, majorVersion: number, extensionMembers: ReadonlySet<string>) {
    this.rows = rows;
    this.majorVersion = majorVersion;
    this.#extensionMembers = extensionMembers;
    this.#namespaces = new Map(rows.namespaces.map((row) => [row._id, row]));
  }

  /** The schema's name, or undefined where it is PostgreSQL's own or fastpyd's. */
  userSchema(oid: string): string | undefined {
    const name = this.#namespaces.get(oid)?.nspname;
    return name === undefined || /^pg_/.test(name) || name === 'information_schema' || name === 'fastpyd' || name === 'fastpyd_kept'
      ? undefined
      : name;
  }

  /** Is this object part of an extension, and so not the user's to change? */
  inExtension(catalog: string, oid: string): boolean {
    return this.#extensionMembers.has(`${catalog}/${oid}/0`);
  }
}
