import type { Column } from './column.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { columnName } from './naming.ts';
import { type ForeignOptions, writeForeignOptions } from './options.ts';
import { type SqlReference, TO_SQL } from './sql.ts';
import { writeColumn } from './writeColumn.ts';

export interface ForeignTableOptions {
  /** A declared server, or its name as SQL. */
  readonly server: SqlReference | string;
  readonly options?: ForeignOptions | undefined;
  /** Options of single columns, by their property. */
  readonly columnOptions?: Readonly<Record<string, ForeignOptions>> | undefined;
}

/** Declares a table whose rows are kept by a foreign server. */
export function foreignTable(name: Name, columns: Readonly<Record<string, Column>>, options: ForeignTableOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const lines = (): string[] =>
    Object.entries(columns).map(([property, column]) => {
      const text = writeColumn(column.parts.name ?? columnName(property), column, false);
      // The options stand between the type and the conditions.
      const type = column.parts.typeSql();
      const at = text.indexOf(type) + type.length;
      return `${text.slice(0, at)}${writeForeignOptions(options.columnOptions?.[property])}${text.slice(at)}`;
    });
  const create = (): string[] => {
    const server = typeof options.server === 'string' ? options.server : options.server[TO_SQL]();
    return [`CREATE FOREIGN TABLE ${reference()} (\n  ${lines().join(',\n  ')}\n) SERVER ${server}${writeForeignOptions(options.options)}`];
  };
  return new Named({ kind: 'FOREIGN TABLE', path: dotted(full), reference, stage: STAGES.table, create });
}
