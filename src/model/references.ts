import { quoteIdentifier } from '../database/quote.ts';
import { ColumnReference, type ReferenceOptions, type ReferenceTarget } from './column.ts';
import { type QualifiedName, writeName } from './name.ts';

/** The columns that a foreign key refers to. */
export function referencedColumns(target: ReferenceTarget): readonly ColumnReference[] {
  const result: unknown = target();
  const columns = Array.isArray(result) ? result : [result];
  if (columns.length > 0 && columns.every((column) => column instanceof ColumnReference)) return columns;
  throw new Error('references() needs a function that returns a column of a table, such as () => User.id');
}

function writeOptions({ match, onDelete, onUpdate, deferrable, notEnforced, notValid }: ReferenceOptions): string {
  return [
    match ? ` MATCH ${match.toUpperCase()}` : '',
    onUpdate ? ` ON UPDATE ${onUpdate.toUpperCase()}` : '',
    onDelete ? ` ON DELETE ${onDelete.toUpperCase()}` : '',
    deferrable ? ' DEFERRABLE' : '',
    deferrable === 'initially' ? ' INITIALLY DEFERRED' : '',
    notEnforced ? ' NOT ENFORCED' : '',
    notValid ? ' NOT VALID' : '',
  ].join('');
}

/** The statement that adds a foreign key; separate from CREATE TABLE, so that tables may refer to each other. */
export function writeForeignKey(
  table: QualifiedName,
  key: {
    readonly columns: readonly string[];
    readonly target: ReferenceTarget;
    readonly options: ReferenceOptions & { readonly period?: boolean | undefined };
  },
): string {
  const referenced = referencedColumns(key.target);
  const [first] = referenced;
  const name = key.options.name ? `CONSTRAINT ${quoteIdentifier(key.options.name)} ` : '';
  const list = (names: readonly string[]): string =>
    names.map((each, index) => `${key.options.period && index === names.length - 1 ? 'PERIOD ' : ''}${quoteIdentifier(each)}`).join(', ');
  const columns = list(key.columns);
  const theirs = list(referenced.map((column) => column.columnName));
  const target = first ? writeName(first.table) : '';
  return `ALTER TABLE ${writeName(table)} ADD ${name}FOREIGN KEY (${columns}) REFERENCES ${target} (${theirs})${writeOptions(key.options)}`;
}
