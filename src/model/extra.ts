import type { DeclaredStatement, StatedRename } from './declaration.ts';
import type { QualifiedName } from './name.ts';

/** Something that belongs to a table beyond its columns: an index, a constraint, a policy… */
export interface Extra {
  /** The statements that make it, once the table is known. */
  statementsFor(table: QualifiedName): readonly DeclaredStatement[];
  /** The renames that it states, once the table is known. */
  renamesFor?(table: QualifiedName): readonly StatedRename[];
  /** What stands behind the parentheses of CREATE TABLE, for those that can be said nowhere else. */
  tableClause?(): TableClause;
}

/** Parts of CREATE TABLE that an extra may add. */
export interface TableClause {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
}
