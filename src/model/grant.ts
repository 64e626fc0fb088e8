import { DECLARATION, type Declaration, STAGES } from './declaration.ts';
import { callerPlace } from './place.ts';
import { writeRole } from './role.ts';
import { type Sql, type SqlReference, TO_SQL, writeSql } from './sql.ts';

export interface GrantOptions {
  /** A declared table or view, or SQL with its kind: sql`SCHEMA app`, sql`FUNCTION f(integer)`. */
  readonly on: SqlReference | Sql;
  /** Roles by name, or `public`. */
  readonly to: string | readonly string[];
  readonly withGrantOption?: boolean | undefined;
}

/** Grants privileges: `grant(['select', 'insert'], { on: Post, to: 'editor' })`. */
export function grant(privileges: readonly string[] | 'all', { on, to, withGrantOption }: GrantOptions): Declaration {
  const place = callerPlace();
  const write = (): string => {
    const what = privileges === 'all' ? 'ALL' : privileges.map((privilege) => privilege.toUpperCase()).join(', ');
    const roles = [to].flat().map(writeRole).join(', ');
    return `GRANT ${what} ON ${on[TO_SQL]()} TO ${roles}${withGrantOption ? ' WITH GRANT OPTION' : ''}`;
  };
  return {
    [DECLARATION]: { object: undefined, place, statements: () => [{ sql: write(), stage: STAGES.comment, place }], renames: () => [] },
  };
}

/** Takes privileges away that PostgreSQL grants by itself: `revoke('all', { on: sql`SCHEMA public`, from: 'public' })`. */
export function revoke(
  privileges: readonly string[] | 'all',
  { on, from }: { readonly on: SqlReference | Sql; readonly from: string | readonly string[] },
): Declaration {
  const place = callerPlace();
  const write = (): string => {
    const what = privileges === 'all' ? 'ALL' : privileges.map((privilege) => privilege.toUpperCase()).join(', ');
    return `REVOKE ${what} ON ${writeSql(on)} FROM ${[from].flat().map(writeRole).join(', ')}`;
  };
  return {
    [DECLARATION]: { object: undefined, place, statements: () => [{ sql: write(), stage: STAGES.comment, place }], renames: () => [] },
  };
}
