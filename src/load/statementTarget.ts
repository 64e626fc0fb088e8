import { kindAt, pathAt, pathBehind, significantTokens, skipModifiers, type Tokens, wordAt } from './sqlNames.ts';

/** The object that a statement makes or changes. */
export interface StatementTarget {
  /** PostgreSQL's words in lower case: `table`, `index`, `materialized view`…; `part` for what ALTER TABLE … ADD adds. */
  readonly kind: string;
  /** Parts of its name, without quotes: schema first where the statement names it. */
  readonly path: readonly string[];
  /** For what lives on a table (trigger, policy, rule, added column or constraint): that table's path. */
  readonly on?: readonly string[] | undefined;
}

function addedPart(tokens: Tokens, from: number): string | undefined {
  if (wordAt(tokens, from) !== 'add') return undefined;
  const next = wordAt(tokens, from + 1) === 'column' ? from + 2 : from + 1;
  return wordAt(tokens, skipModifiers(tokens, next));
}

/** What a CREATE or ALTER statement is about, read from its first words; undefined where it has no name to speak of. */
export function statementTarget(sql: string): StatementTarget | undefined {
  const tokens = significantTokens(sql.slice(0, 2000));
  const verb = wordAt(tokens, 0);
  if (verb !== 'create' && verb !== 'alter') return undefined;
  const { kind, next: behind } = kindAt(tokens, skipModifiers(tokens, 1));
  const { path, next } = pathAt(tokens, skipModifiers(tokens, behind));
  if (path.length === 0) return undefined;
  const added = verb === 'alter' ? addedPart(tokens, next) : undefined;
  if (added !== undefined) return { kind: 'part', path: [added], on: path };
  if (verb === 'alter') return { kind, path };
  if (kind === 'index') return { kind, path: [...pathBehind(tokens, next, 'on').slice(0, -1), ...path] };
  if (kind === 'trigger' || kind === 'policy') return { kind, path, on: pathBehind(tokens, next, 'on') };
  if (kind === 'rule') return { kind, path, on: pathBehind(tokens, next, 'to') };
  return { kind, path };
}
