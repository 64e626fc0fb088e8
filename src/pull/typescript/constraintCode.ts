import type { Constraint } from '../../kinds/constraints.ts';
import { idOf } from '../../kinds/identifier.ts';
import type { SchemaObject } from '../../kinds/kind.ts';
import { access, stringLiteral } from '../../seed/code.ts';
import { objectLiteral } from './code.ts';
import { bare, columnNames, parenthesised, pathNames } from './printed.ts';
import type { DeclaredTable, TableContext } from './tableContext.ts';

/** Where a constraint is said: behind its only column, or among the extras of the table. */
export type ConstraintCode = { readonly column: string; readonly code: string } | { readonly column?: undefined; readonly code: string };

type Say = (constraint: Constraint, context: TableContext) => ConstraintCode | undefined;

/** The columns as the callback of the table has them. */
const inTable = (columns: readonly string[], { properties }: DeclaredTable, variable = 't'): readonly string[] =>
  columns.map((column) => `${variable}${access(properties.get(column) ?? column)}`);

const nameFirst = (name: string | undefined, rest: readonly string[]): string =>
  [...(name === undefined ? [] : [stringLiteral(name)]), ...rest].join(', ');

const sayPrimaryKey: Say = ({ table, constraint, definition }, { declared, file }) => {
  const columns = columnNames(/^PRIMARY KEY \((.*)\)$/.exec(definition)?.[1] ?? '');
  if (columns === undefined) return undefined;
  const isUsual = constraint === `${table}_pkey`;
  const [only] = columns;
  if (isUsual && only !== undefined && columns.length === 1) return { column: only, code: '.primaryKey()' };
  return { code: `${file.use('primaryKey')}(${nameFirst(isUsual ? undefined : constraint, inTable(columns, declared))})` };
};

const sayUnique: Say = ({ table, constraint, definition }, { declared, file }) => {
  const [, nulls, list = '', deferral = ''] =
    /^UNIQUE (NULLS NOT DISTINCT )?\(([^()]*)\)( DEFERRABLE(?: INITIALLY DEFERRED)?)?$/.exec(definition) ?? [];
  const columns = columnNames(list);
  const [only] = columns ?? [];
  if (columns === undefined || only === undefined) return undefined;
  if (columns.length === 1 && constraint === `${table}_${only}_key` && deferral === '')
    return { column: only, code: nulls === undefined ? '.unique()' : '.unique({ nullsNotDistinct: true })' };
  if (nulls !== undefined) return undefined;
  const deferred = deferral === '' ? '' : `.deferrable(${deferral.endsWith('DEFERRED') ? "'initially'" : ''})`;
  return { code: `${file.use('unique')}(${nameFirst(constraint, inTable(columns, declared))})${deferred}` };
};

const sayCheck: Say = ({ constraint, definition }, { file }) => {
  const found = definition.startsWith('CHECK ') ? parenthesised(definition.slice('CHECK '.length)) : undefined;
  return found?.behind === '' ? { code: `${file.use('check')}(${stringLiteral(constraint)}, ${file.sql(bare(found.inside))})` } : undefined;
};

const FOREIGN_KEY =
  /^FOREIGN KEY \((.*)\) REFERENCES (.*)\((.*)\)(?: ON UPDATE (CASCADE|RESTRICT|SET NULL|SET DEFAULT))?(?: ON DELETE (CASCADE|RESTRICT|SET NULL|SET DEFAULT))?( DEFERRABLE(?: INITIALLY DEFERRED)?)?$/;

const sayForeignKey: Say = ({ table, constraint, definition }, { declared, tables, file }) => {
  const [, own = '', target = '', theirs = '', onUpdate, onDelete, deferral] = FOREIGN_KEY.exec(definition) ?? [];
  const [columns, path, others] = [columnNames(own), pathNames(target), columnNames(theirs)];
  const other = tables.get(idOf('table', ...(path ?? [])));
  const [only] = columns ?? [];
  if (columns === undefined || only === undefined || others === undefined || other === undefined) return undefined;
  const isSingle = columns.length === 1;
  const options = objectLiteral({
    onDelete: onDelete && stringLiteral(onDelete.toLowerCase()),
    onUpdate: onUpdate && stringLiteral(onUpdate.toLowerCase()),
    deferrable: deferral && (deferral.endsWith('DEFERRED') ? "'initially'" : 'true'),
    name: isSingle && constraint !== `${table}_${only}_fkey` ? stringLiteral(constraint) : undefined,
  });
  const referenced = inTable(others, other, file.refer(other)).join(', ');
  const call = `.references(() => ${isSingle ? referenced : `[${referenced}]`}${options === '' ? '' : `, ${options}`})`;
  if (isSingle) return { column: only, code: call };
  return { code: `${file.use('foreignKey')}(${nameFirst(constraint, inTable(columns, declared))})${call}` };
};

const SAYINGS: Readonly<Record<Constraint['type'], Say | undefined>> = {
  'primary key': sayPrimaryKey,
  unique: sayUnique,
  check: sayCheck,
  'foreign key': sayForeignKey,
  exclude: undefined,
};

/** A constraint in TypeScript, with the object that the code makes; undefined where no builder says it. */
export function constraintCode(
  constraint: Constraint,
  context: TableContext,
): (ConstraintCode & { readonly object: SchemaObject }) | undefined {
  if (!constraint.validated) return undefined;
  const said = SAYINGS[constraint.type]?.(constraint, context);
  return said && { ...said, object: { ...constraint, options: [], clustered: false } as Constraint };
}
