import { unquoted } from '../diff/renames.ts';
import type { DeclaredRename } from '../model/statement.ts';
import { isSignificant, nameOf, type SqlToken, scanSql } from './scanSql.ts';
import type { SqlStatement } from './splitSql.ts';
import { type StatementTarget, statementTarget } from './statementTarget.ts';

const NAME = '(?:"(?:[^"]|"")+"|[^\\s".*]+)';
const marker = new RegExp(`@renamed\\s+from\\s*=\\s*(${NAME}(?:\\.${NAME})*)`);

/** Values that go, one a mark: `-- @mapped from=gone`. */
const mapMarkers = /@mapped\s+from\s*=\s*(?:"((?:[^"]|"")+)"|([^\s"*]+))/g;

/** The old name in a comment `-- @renamed from=old`, dotted as it stands there: with a schema before it, it was in that. */
const oldName = (comment: string): string | undefined => {
  const found = marker.exec(comment)?.[1];
  return found && unquoted(found);
};

const countLines = (text: string): number => text.split('\n').length - 1;

/** What lies in no schema. */
const withoutSchema = new Set(['schema', 'extension', 'language', 'server', 'foreign data wrapper', 'publication', 'event trigger']);

function targetPath(target: StatementTarget, schema: string): string {
  const table = target.on ?? [];
  const owner = target.on ? [...(table.length > 1 ? table.slice(0, 1) : [schema]), ...table.slice(-1)] : [];
  if (target.on || withoutSchema.has(target.kind)) return [...owner, ...target.path].join('.');
  return (target.path.length > 1 ? target.path : [schema, ...target.path]).join('.');
}

/** A line of CREATE TABLE's (or CREATE TYPE's) parentheses: a column, a constraint, an enum value. */
interface Item {
  readonly name: string | undefined;
  readonly start: number;
  end: number;
}

const tableConstraints = /^(?:primary|unique|check|foreign|exclude|like)$/i;

function itemName(first: SqlToken, second: SqlToken | undefined): string | undefined {
  if (first.kind === 'string') return first.text.slice(1, -1).replaceAll("''", "'");
  if (first.kind === 'identifier') return nameOf(first);
  if (first.kind !== 'word' || tableConstraints.test(first.text)) return undefined;
  return /^constraint$/i.test(first.text) && second ? nameOf(second) : nameOf(first);
}

function itemsOf(tokens: readonly SqlToken[]): Item[] {
  const items: Item[] = [];
  let depth = 0;
  let fresh = false;
  tokens.forEach((token, index) => {
    if (fresh && token.text !== ')') items.push({ name: itemName(token, tokens[index + 1]), start: token.start, end: token.end });
    fresh = token.text === '(' ? depth++ === 0 : depth === 1 && token.text === ',';
    if (token.text === ')') depth--;
    const item = items.at(-1);
    if (item && depth > 0) item.end = token.end;
  });
  return items;
}

/** The item on whose line the comment stands behind it, else the item that follows the comment. */
function itemOf(comment: SqlToken, items: readonly Item[], sql: string): Item | undefined {
  const behind = items.findLast((item) => item.start < comment.start);
  const isBehind = behind && !sql.slice(Math.min(behind.end, comment.start), comment.start).includes('\n');
  return isBehind ? behind : items.find((item) => item.start > comment.start);
}

/** What a comment says of the thing that it stands at. */
function statedIn(comment: string): readonly Pick<DeclaredRename, 'from' | 'isMap'>[] {
  const from = oldName(comment);
  const gone = [...comment.matchAll(mapMarkers)].map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare);
  return [...(from === undefined ? [] : [{ from }]), ...gone.map((value) => ({ from: value, isMap: true }))];
}

function insideRenames(statement: SqlStatement, owner: string, file: string): DeclaredRename[] {
  if (!/@(?:renamed|mapped)\s/.test(statement.sql)) return [];
  const tokens = scanSql(statement.sql);
  const items = itemsOf(tokens.filter(isSignificant));
  return tokens.flatMap((token) => {
    const stated = token.kind === 'comment' ? statedIn(token.text) : [];
    const item = stated.length === 0 ? undefined : itemOf(token, items, statement.sql);
    if (item?.name === undefined) return [];
    const line = statement.line + countLines(statement.sql.slice(0, token.start));
    return stated.map((past) => ({ file, line, to: `${owner}.${item.name}`, ...past }));
  });
}

/** The comments before a statement, without the rest of the line on which the statement before it ended. */
function beforeRename(statement: SqlStatement, owner: string, file: string): DeclaredRename[] {
  if (!marker.test(statement.leading)) return [];
  const ownLines = statement.offset === statement.leading.length ? statement.leading : statement.leading.replace(/^[^\n]*/, '');
  const comment = scanSql(ownLines).findLast((token) => token.kind === 'comment' && marker.test(token.text));
  const from = comment && oldName(comment.text);
  if (!comment || from === undefined) return [];
  return [{ file, line: statement.line - countLines(ownLines.slice(comment.start)), to: owner, from }];
}

/**
 * The renames that comments state: before a statement for its object, before or behind a line in its parentheses for
 * that column, constraint or enum value. At a value of an enum `@mapped from=gone` says that rows with the value `gone` get this one.
 * @param schema  where names without a schema lie, by the search_path in force
 */
export function sqlRenames(statement: SqlStatement, schema: string, file: string): DeclaredRename[] {
  const target = statementTarget(statement.sql);
  if (!target) return [];
  const owner = targetPath(target, schema);
  return [...beforeRename(statement, owner, file), ...insideRenames(statement, owner, file)];
}

const MARK = /@(?:rename|map)\w*\s+from\b[^\n*]*/i;

/** Marks that nothing was read from, since they stand at nothing that they could be about, or are written otherwise: the data would go in silence. */
export function strayMarks(text: string, file: string, read: readonly DeclaredRename[]): readonly string[] {
  if (!MARK.test(text)) return [];
  const lines = new Set(read.map(({ line }) => line));
  return scanSql(text).flatMap((token) => {
    const mark = token.kind === 'comment' ? MARK.exec(token.text)?.[0].trim() : undefined;
    const line = 1 + countLines(text.slice(0, token.start));
    if (mark === undefined || lines.has(line)) return [];
    return [
      `${file}:${line} "${mark}" says nothing here: write @renamed from=OLD before a statement, or at a line in its parentheses, and @mapped from=GONE at a value of an enum`,
    ];
  });
}
