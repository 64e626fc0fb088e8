import { type Root, rootKey } from '../kinds/root.ts';
import { statementScope } from '../load/statementScope.ts';
import type { ModelPart, ModelStatement } from '../model/statement.ts';

/** The table of an index that is named alone; undefined where nobody knows the index. */
export type FindIndex = (schema: string, name: string) => Root | undefined;

/** What one model file reaches. */
export interface PartScope {
  /** Its statements by the roots that they are about, in the order of the file. */
  readonly byRoot: ReadonlyMap<string, RootStatements>;
  /** Statements about objects of the database's own, as text. */
  readonly apart: readonly string[];
  /** True when one of the statements reaches everything. */
  readonly reachesEverything: boolean;
}

/** The statements of one file about one root. */
export interface RootStatements {
  readonly root: Root;
  readonly statements: readonly ModelStatement[];
}

/** What one statement asks for, whatever the line it stands on. */
export const contentOf = ({ sql, settings }: ModelStatement): string => JSON.stringify([sql, settings]);

/** Sorts the statements of a model file by what they are about. */
export function partScope(part: ModelPart, findIndex: FindIndex): PartScope {
  const byRoot = new Map<string, { readonly root: Root; readonly statements: ModelStatement[] }>();
  const apart: string[] = [];
  let reachesEverything = false;
  for (const statement of part.statements) {
    const roots = rootsOf(statement, findIndex);
    if (roots === 'apart') apart.push(contentOf(statement));
    else if (roots === undefined) reachesEverything = true;
    else for (const root of roots) add(byRoot, root, statement);
  }
  return { byRoot, apart, reachesEverything };
}

function rootsOf(statement: ModelStatement, findIndex: FindIndex): readonly Root[] | 'apart' | undefined {
  const scope = statementScope(statement);
  if (scope.reach === 'roots') return scope.roots;
  if (scope.reach === 'apart') return 'apart';
  const table = scope.reach === 'index' ? findIndex(scope.schema, scope.name) : undefined;
  return table === undefined ? undefined : [table];
}

function add(
  byRoot: Map<string, { readonly root: Root; readonly statements: ModelStatement[] }>,
  root: Root,
  statement: ModelStatement,
): void {
  const key = rootKey(root);
  const known = byRoot.get(key);
  if (known === undefined) byRoot.set(key, { root, statements: [statement] });
  else known.statements.push(statement);
}
