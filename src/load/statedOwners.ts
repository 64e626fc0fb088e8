import { searchPath } from './searchPath.ts';
import { kindAt, pathAt, significantTokens, skipModifiers } from './sqlNames.ts';

/** A statement with the settings that hold for it. */
interface Stating {
  readonly sql: string;
  readonly settings?: readonly string[] | undefined;
}

const GIVES = /^\s*alter\b[^;]*\bowner\s+to\b/i;

const known = new WeakMap<Stating, string | null>();

/** The names, dotted and unquoted, of everything that a statement gives an owner in so many words: `ALTER TABLE posts OWNER TO editor`. */
export const statedOwners = (statements: Iterable<Stating>): ReadonlySet<string> =>
  new Set([...statements].flatMap((statement) => statedOwner(statement) ?? []));

function statedOwner(statement: Stating): string | null {
  if (!known.has(statement)) known.set(statement, readName(statement));
  return known.get(statement) ?? null;
}

function readName({ sql, settings = [] }: Stating): string | null {
  if (!GIVES.test(sql)) return null;
  const tokens = significantTokens(sql);
  const { kind, next } = kindAt(tokens, skipModifiers(tokens, 1));
  const { path } = pathAt(tokens, skipModifiers(tokens, next));
  if (path.length === 0) return null;
  return path.length > 1 || WITHOUT_SCHEMA.includes(kind) ? path.join('.') : [searchPath(settings)[0], ...path].join('.');
}

/** What belongs to the database and has no schema in its name. */
const WITHOUT_SCHEMA = ['schema', 'language', 'foreign data wrapper', 'server', 'publication', 'event trigger'];
