import { quoteIdentifier } from '../database/quote.ts';
import type { ColumnReference, ReferenceOptions, ReferenceTarget } from './column.ts';
import { type DeclaredStatement, STAGES, type StatedRename } from './declaration.ts';
import type { Extra } from './extra.ts';
import { dotted, type QualifiedName, writeName } from './name.ts';
import { callerPlace } from './place.ts';
import { writeForeignKey } from './references.ts';
import { type Sql, writeSql } from './sql.ts';

type AnyColumn = ColumnReference<any>;
type NamedColumns = readonly [string, ...AnyColumn[]] | readonly AnyColumn[];

interface ConstraintParts {
  readonly name?: string | undefined;
  readonly definition: () => string;
  readonly include?: readonly AnyColumn[] | undefined;
  readonly deferral?: string | undefined;
  /** What comes last, such as NOT VALID. */
  readonly standing?: string | undefined;
  readonly renamedFrom?: string | undefined;
}

/** A constraint of a table; every method returns a new one. */
export class TableConstraint implements Extra {
  readonly #parts: ConstraintParts;
  readonly #place;

  constructor(parts: ConstraintParts, place = callerPlace()) {
    this.#parts = parts;
    this.#place = place;
  }

  /** The constraint's name; PostgreSQL chooses one otherwise. */
  as(name: string): TableConstraint {
    return new TableConstraint({ ...this.#parts, name }, this.#place);
  }

  /** Lets a transaction put the check off to its end; `initially` does so by itself. */
  deferrable(initially?: 'initially'): TableConstraint {
    const deferral = initially ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE';
    return new TableConstraint({ ...this.#parts, deferral }, this.#place);
  }

  /** Keeps further columns in the index behind a key, for queries that then need not look at the table. */
  include(...columns: readonly AnyColumn[]): TableConstraint {
    return new TableConstraint({ ...this.#parts, include: columns }, this.#place);
  }

  /** Rows that are there already are not looked at. */
  notValid(): TableConstraint {
    return new TableConstraint({ ...this.#parts, standing: ' NOT VALID' }, this.#place);
  }

  /** From PostgreSQL 18 on: a promise that nobody checks. */
  notEnforced(): TableConstraint {
    return new TableConstraint({ ...this.#parts, standing: ' NOT ENFORCED' }, this.#place);
  }

  /** A check that child tables do not take over. */
  noInherit(): TableConstraint {
    return new TableConstraint({ ...this.#parts, standing: ' NO INHERIT' }, this.#place);
  }

  /** States that the constraint had another name before; it needs a name for that. Where nothing else changes, nothing has to be stated. */
  renamedFrom(oldName: string): TableConstraint {
    return new TableConstraint({ ...this.#parts, renamedFrom: oldName }, this.#place);
  }

  renamesFor(table: QualifiedName): readonly StatedRename[] {
    const { name, renamedFrom } = this.#parts;
    if (renamedFrom === undefined) return [];
    if (name === undefined) throw new Error("a constraint needs a name, check('name', …), to be renamed");
    return [{ to: `${dotted(table)}.${name}`, from: renamedFrom, place: this.#place }];
  }

  statementsFor(table: QualifiedName): readonly DeclaredStatement[] {
    const { name, definition, include, deferral = '', standing = '' } = this.#parts;
    const constraint = name ? `CONSTRAINT ${quoteIdentifier(name)} ` : '';
    const included = include ? ` INCLUDE (${list(include)})` : '';
    const sql = `ALTER TABLE ${writeName(table)} ADD ${constraint}${definition()}${included}${deferral}${standing}`;
    return [{ sql, stage: STAGES.constraint, place: this.#place }];
  }
}

const list = (columns: readonly AnyColumn[]): string => columns.map(writeSql).join(', ');

function overColumns(words: string, given: NamedColumns, behind = ''): TableConstraint {
  const [first, ...rest] = given;
  const isNamed = typeof first === 'string';
  const columns = (isNamed ? rest : given) as readonly AnyColumn[];
  return new TableConstraint({ name: isNamed ? first : undefined, definition: () => `${words} (${list(columns)}${behind})` });
}

const WITHOUT_OVERLAPS = ' WITHOUT OVERLAPS';

/** From PostgreSQL 18 on: the primary key of rows that hold for a time, which is the last column, a range. */
export const temporalPrimaryKey = (...given: NamedColumns): TableConstraint => overColumns('PRIMARY KEY', given, WITHOUT_OVERLAPS);

/** From PostgreSQL 18 on: no two rows that agree in these columns overlap in the last one, a range. */
export const temporalUnique = (...given: NamedColumns): TableConstraint => overColumns('UNIQUE', given, WITHOUT_OVERLAPS);

/** No two rows agree in all of these columns, and NULL agrees with NULL. */
export const uniqueNullsNotDistinct = (...given: NamedColumns): TableConstraint => overColumns('UNIQUE NULLS NOT DISTINCT', given);

/** The primary key of several columns, optionally with its name first. */
export const primaryKey = (...given: NamedColumns): TableConstraint => overColumns('PRIMARY KEY', given);

/** No two rows agree in all of these columns; optionally with the constraint's name first. */
export const unique = (...given: NamedColumns): TableConstraint => overColumns('UNIQUE', given);

/** A condition that every row meets, optionally with the constraint's name first. */
export function check(...given: readonly [string, Sql] | readonly [Sql]): TableConstraint {
  const [name, condition] = given.length === 2 ? given : [undefined, given[0]];
  return new TableConstraint({ name, definition: () => `CHECK (${writeSql(condition)})` });
}

export interface ExcludeOptions {
  readonly name?: string | undefined;
  /** The access method, `gist` unless said. */
  readonly using?: string | undefined;
  readonly where?: Sql | undefined;
}

/** No two rows for which all the operators hold: `exclude([[booking.room, '='], [booking.during, '&&']])`. */
export function exclude(elements: readonly (readonly [AnyColumn | Sql, string])[], options: ExcludeOptions = {}): TableConstraint {
  const { name, using = 'gist', where } = options;
  const definition = (): string => {
    const items = elements.map(([item, operator]) => `${writeSql(item)} WITH ${operator}`).join(', ');
    return `EXCLUDE USING ${quoteIdentifier(using)} (${items})${where ? ` WHERE (${writeSql(where)})` : ''}`;
  };
  return new TableConstraint({ name, definition });
}

/** A foreign key of several columns: `foreignKey(line.orderId, line.shopId).references(() => [Order.id, Order.shopId])`. */
export function foreignKey(...given: NamedColumns) {
  const place = callerPlace();
  const [first, ...rest] = given;
  const isNamed = typeof first === 'string';
  const columns = (isNamed ? rest : given) as readonly AnyColumn[];
  return {
    /** `period`: from PostgreSQL 18 on, the last column is a range, all of which rows over there have to cover. */
    references: (target: ReferenceTarget, options: ReferenceOptions & { readonly period?: boolean | undefined } = {}): Extra => ({
      statementsFor: (table) => {
        const key = {
          columns: columns.map((column) => column.columnName),
          target,
          options: isNamed ? { ...options, name: first } : options,
        };
        return [{ sql: writeForeignKey(table, key), stage: STAGES.foreignKey, place }];
      },
    }),
  };
}
