import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import type { ColumnReference } from './column.ts';
import { type DeclaredStatement, STAGES, type StatedRename } from './declaration.ts';
import type { Extra } from './extra.ts';
import { dotted, type QualifiedName, writeName } from './name.ts';
import { callerPlace } from './place.ts';
import { type Sql, writeSql } from './sql.ts';
import { type StorageParameters, writeStorage } from './storage.ts';

/** What an index covers: a column, or SQL such as sql`lower(${post.title})`; other expressions need their own parentheses. */
export type IndexItem = ColumnReference<any> | Sql;

interface IndexParts {
  readonly isUnique: boolean;
  readonly name?: string | undefined;
  readonly items: readonly IndexItem[];
  readonly method?: string | undefined;
  readonly included?: readonly ColumnReference<any>[] | undefined;
  readonly areNullsDistinct?: boolean | undefined;
  readonly storage?: StorageParameters | undefined;
  readonly tablespace?: string | undefined;
  readonly condition?: Sql | undefined;
  readonly comment?: string | undefined;
  readonly renamedFrom?: string | undefined;
}

/** An index of a table; every method returns a new one. */
export class Index implements Extra {
  readonly #parts: IndexParts;
  readonly #place;

  constructor(parts: IndexParts, place = callerPlace()) {
    this.#parts = parts;
    this.#place = place;
  }

  #with(parts: Partial<IndexParts>): Index {
    return new Index({ ...this.#parts, ...parts }, this.#place);
  }

  /** The index's name; PostgreSQL chooses one otherwise. */
  as(name: string): Index {
    return this.#with({ name });
  }

  /** Covers only the rows for which the condition holds. */
  where(condition: Sql): Index {
    return this.#with({ condition });
  }

  /** The access method: `btree` unless said, `gin`, `gist`, `brin`, `hash`… */
  using(method: string): Index {
    return this.#with({ method });
  }

  /** Columns that the index carries without ordering by them. */
  include(...columns: readonly ColumnReference<any>[]): Index {
    return this.#with({ included: columns });
  }

  /** Storage parameters, such as `{ fillfactor: 70 }`. */
  with(storage: StorageParameters): Index {
    return this.#with({ storage });
  }

  /** A unique index that takes two NULLs for equal. */
  nullsNotDistinct(): Index {
    return this.#with({ areNullsDistinct: false });
  }

  tablespace(name: string): Index {
    return this.#with({ tablespace: name });
  }

  /** Says what the index is for; it needs a name for that. */
  comment(text: string): Index {
    return this.#with({ comment: text });
  }

  /** States that the index had another name before; it needs a name for that. Where nothing else changes, nothing has to be stated. */
  renamedFrom(oldName: string): Index {
    return this.#with({ renamedFrom: oldName });
  }

  renamesFor(table: QualifiedName): readonly StatedRename[] {
    const { name, renamedFrom } = this.#parts;
    if (renamedFrom === undefined) return [];
    if (name === undefined) throw new Error("an index needs a name, index('name', …), to be renamed");
    return [{ to: `${dotted(table)}.${name}`, from: renamedFrom, place: this.#place }];
  }

  statementsFor(table: QualifiedName): readonly DeclaredStatement[] {
    const { name, comment } = this.#parts;
    const create = { sql: this.#create(table), stage: STAGES.index, place: this.#place };
    if (comment === undefined) return [create];
    if (name === undefined) throw new Error("an index needs a name, index('name', …), to be commented on");
    const sql = `COMMENT ON INDEX ${writeName({ schema: table.schema, name })} IS ${quoteLiteral(comment)}`;
    return [create, { sql, stage: STAGES.comment, place: this.#place }];
  }

  #create(table: QualifiedName): string {
    const { isUnique, name, items, method, included, areNullsDistinct, storage, tablespace, condition } = this.#parts;
    return [
      `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${name ? `${quoteIdentifier(name)} ` : ''}ON ${writeName(table)}`,
      method ? ` USING ${quoteIdentifier(method)}` : '',
      ` (${items.map(writeSql).join(', ')})`,
      included ? ` INCLUDE (${included.map(writeSql).join(', ')})` : '',
      areNullsDistinct === false ? ' NULLS NOT DISTINCT' : '',
      storage ? ` WITH (${writeStorage(storage)})` : '',
      tablespace ? ` TABLESPACE ${quoteIdentifier(tablespace)}` : '',
      condition ? ` WHERE ${writeSql(condition)}` : '',
    ].join('');
  }
}

type IndexArguments = readonly [string, ...IndexItem[]] | readonly IndexItem[];

function make(isUnique: boolean, given: IndexArguments): Index {
  const [first, ...rest] = given;
  return typeof first === 'string'
    ? new Index({ isUnique, name: first, items: rest as IndexItem[] })
    : new Index({ isUnique, items: given as IndexItem[] });
}

/** An index on columns or expressions, optionally with its name first: `index(post.publishedAt)`, `index('posts_by_title', post.title)`. */
export const index = (...given: IndexArguments): Index => make(false, given);

/** A unique index; unlike `unique(...)` it may have a condition or expressions. */
export const uniqueIndex = (...given: IndexArguments): Index => make(true, given);
