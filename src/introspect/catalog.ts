import type { Introspection, PgClass, PgNamespace, PgType } from 'pg-introspection';

/** The fields of a pg-introspection row, without the accessors that only its own parser adds. */
export type Row<T> = { readonly [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: T[K] };

type Rows = {
  readonly [K in keyof Introspection as Introspection[K] extends readonly unknown[] ? K : never]: readonly Row<
    Introspection[K] extends readonly (infer Item)[] ? Item : never
  >[];
};

/** What one server says of one database: pg-introspection's rows, indexed, without what is not the user's. */
export class Catalog {
  readonly rows: Rows;
  readonly majorVersion: number;
  readonly #namespaces: ReadonlyMap<string, Row<PgNamespace>>;
  readonly #classes: ReadonlyMap<string, Row<PgClass>>;
  readonly #types: ReadonlyMap<string, Row<PgType>>;
  readonly #extensionMembers: ReadonlySet<string>;

  /** @param extensionMembers  addresses (see kind.ts) of everything that an extension brought */
  constructor(rows: Rows, majorVersion: number, extensionMembers: ReadonlySet<string>) {
    this.rows = rows;
    this.majorVersion = majorVersion;
    this.#extensionMembers = extensionMembers;
    this.#namespaces = new Map(rows.namespaces.map((row) => [row._id, row]));
    this.#classes = new Map(rows.classes.map((row) => [row._id, row]));
    this.#types = new Map(rows.types.map((row) => [row._id, row]));
  }

  /** The schema's name, or undefined where it is PostgreSQL's own or fastpyd's. */
  userSchema(oid: string): string | undefined {
    const name = this.#namespaces.get(oid)?.nspname;
    return name === undefined || /^pg_/.test(name) || name === 'information_schema' || name === 'fastpyd' ? undefined : name;
  }

  class(oid: string): Row<PgClass> | undefined {
    return this.#classes.get(oid);
  }

  type(oid: string): Row<PgType> | undefined {
    return this.#types.get(oid);
  }

  /** Is this object part of an extension, and so not the user's to change? */
  inExtension(catalog: string, oid: string): boolean {
    return this.#extensionMembers.has(`${catalog}/${oid}/0`);
  }
}
