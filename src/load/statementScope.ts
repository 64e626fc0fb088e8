import type { Root } from '../kinds/root.ts';
import type { ModelStatement } from '../model/statement.ts';
import { searchPath } from './searchPath.ts';
import { kindAt, pathAt, pathBehind, significantTokens, skipModifiers, type Tokens, wordAt } from './sqlNames.ts';

/**
 * How far a statement of a model reaches: to single relations, routines or types; to an object of the database's own that stands apart
 * from them (a schema, a cast); or to no one can tell what, so that everything has to be made anew when anything changes.
 */
export type StatementScope =
  | { readonly reach: 'roots'; readonly roots: readonly Root[] }
  /** An index by its name alone; its table is in the catalog. */
  | { readonly reach: 'index'; readonly schema: string; readonly name: string }
  | { readonly reach: 'apart' }
  | { readonly reach: 'everything' };

const APART: StatementScope = { reach: 'apart' };
const EVERYTHING: StatementScope = { reach: 'everything' };

const RELATIONS = ['table', 'view', 'materialized view', 'foreign table', 'sequence'];
const ROUTINES = ['function', 'procedure', 'routine', 'aggregate'];
const TYPES = ['type', 'domain'];
/** What lives on a table and is named by it. */
const ATTACHED: Readonly<Record<string, string>> = { trigger: 'on', policy: 'on', rule: 'to' };
const OWN = [
  ...['schema', 'extension', 'cast', 'operator', 'operator class', 'operator family', 'collation', 'conversion', 'publication'],
  ...['server', 'foreign data wrapper', 'user', 'role', 'group', 'language', 'transform', 'access method', 'database', 'tablespace'],
  ...['text search configuration', 'text search dictionary', 'text search parser', 'text search template', 'large object', 'parameter'],
];

const scopes = new WeakMap<ModelStatement, StatementScope>();

/** How far a statement reaches, read from its text; what is not understood for certain reaches everything. */
export function statementScope(statement: ModelStatement): StatementScope {
  const scope = scopes.get(statement) ?? readScope(statement);
  scopes.set(statement, scope);
  return scope;
}

/** What can be long and says all that is asked for here in its first words. */
const LONG = /^create\s+(?:unlogged\s+|or\s+replace\s+|materialized\s+)*(?:table|view)\b/i;
const HEAD_LENGTH = 600;

/** A table made from a query or in the likeness of another one: what it was made from leaves no dependency behind. */
const COPY = /\bas\s+(?:select|with|table|values|execute)\b|[(,]\s*like\b/i;

function readScope({ sql, settings }: ModelStatement): StatementScope {
  if (/^create\s+(?:unlogged\s+)?table\b/i.test(sql) && COPY.test(sql)) return EVERYTHING;
  const reader = new ScopeReader(significantTokens(LONG.test(sql) ? sql.slice(0, HEAD_LENGTH) : sql), searchPath(settings));
  const read: Readonly<Record<string, () => StatementScope>> = {
    create: () => reader.created(),
    alter: () => reader.altered(),
    comment: () => reader.commented(),
    grant: () => reader.granted(),
    revoke: () => reader.granted(),
  };
  return read[reader.verb]?.() ?? EVERYTHING;
}

class ScopeReader {
  readonly verb: string;
  readonly #tokens: Tokens;
  readonly #searchPath: readonly string[];

  constructor(tokens: Tokens, schemas: readonly string[]) {
    this.#tokens = tokens;
    this.#searchPath = schemas;
    this.verb = wordAt(tokens, 0);
  }

  created(): StatementScope {
    const { kind, next } = this.#kindAt(1);
    if (/^temp/.test(wordAt(this.#tokens, 1))) return EVERYTHING;
    if (kind === 'schema' && this.#has('create', undefined, next)) return EVERYTHING;
    // `posts.id%TYPE` is looked up once, and no dependency is recorded.
    if (this.#has('%', 'type')) return EVERYTHING;
    if (kind === 'index') return this.#relation(pathBehind(this.#tokens, next, 'on'));
    if (kind === 'statistics') return this.#relation(pathBehind(this.#tokens, next, 'from'));
    return this.#named(kind, next);
  }

  altered(): StatementScope {
    const { kind, next } = this.#kindAt(1);
    const { path, next: behind } = this.#pathAt(next);
    const action = [wordAt(this.#tokens, behind), wordAt(this.#tokens, behind + 1)].join(' ');
    if (/^(?:rename|detach|set schema|in )/.test(action) || this.#has('depends', 'on')) return EVERYTHING;
    // These mean whatever triggers there are by then, those of foreign keys to other tables among them.
    if (this.#has('trigger', 'all') || this.#has('trigger', 'user')) return EVERYTHING;
    if (action === 'attach partition') return this.#attached(kind, this.#pathAt(behind + 2).path);
    return kind === 'index' ? this.#index(path) : this.#named(kind, next);
  }

  commented(): StatementScope {
    const { kind, next } = kindAt(this.#tokens, 2);
    const { path } = this.#pathAt(next);
    if (kind === 'column') return this.#relation(path.slice(0, -1));
    if (kind === 'index') return this.#index(path);
    if (kind !== 'constraint') return this.#named(kind, next);
    const isDomain = this.#has('on', 'domain');
    return isDomain ? this.#root('type', pathBehind(this.#tokens, next, 'domain')) : this.#relation(pathBehind(this.#tokens, next, 'on'));
  }

  /** `GRANT a, b (x) ON TABLE t, u TO r`; without ON a role is granted. */
  granted(): StatementScope {
    const on = this.#tokens.findIndex((token, index) => token.kind === 'word' && wordAt(this.#tokens, index) === 'on');
    if (on < 0) return APART;
    const { kind, next } = kindAt(this.#tokens, on + 1);
    if (kind === 'all') return EVERYTHING;
    if (OWN.includes(kind) || kind === 'foreign' || kind === 'large') return APART;
    const sort = sortOfWord(kind);
    const roots = this.#paths(sort === undefined ? on + 1 : next).map((path) => this.#rootAt(sort ?? 'relation', path));
    return roots.some((root) => root === undefined) ? EVERYTHING : { reach: 'roots', roots: roots.flatMap((root) => root ?? []) };
  }

  #kindAt(from: number) {
    return kindAt(this.#tokens, skipModifiers(this.#tokens, from));
  }

  #pathAt(from: number) {
    return pathAt(this.#tokens, skipModifiers(this.#tokens, from));
  }

  /** Names with commas between them; a routine's arguments are passed over. */
  #paths(from: number): readonly (readonly string[])[] {
    const { path, next } = this.#pathAt(from);
    const behind = wordAt(this.#tokens, next) === '(' ? this.#tokens.findIndex((token, at) => at > next && token.text === ')') + 1 : next;
    return wordAt(this.#tokens, behind) === ',' ? [path, ...this.#paths(behind + 1)] : [path];
  }

  #has(first: string, second: string | undefined, from = 0): boolean {
    return this.#tokens.some(
      (_, at) => at >= from && wordAt(this.#tokens, at) === first && (second === undefined || wordAt(this.#tokens, at + 1) === second),
    );
  }

  #named(kind: string, next: number): StatementScope {
    if (OWN.includes(kind)) return APART;
    const attached = ATTACHED[kind];
    if (attached !== undefined) return this.#relation(pathBehind(this.#tokens, next, this.verb === 'create' ? attached : 'on'));
    const sort = sortOfWord(kind);
    return sort === undefined ? EVERYTHING : this.#root(sort, this.#pathAt(next).path);
  }

  #attached(kind: string, path: readonly string[]): StatementScope {
    return kind === 'index' ? this.#index(path) : this.#relation(path);
  }

  #relation(path: readonly string[]): StatementScope {
    return this.#root('relation', path);
  }

  #root(sort: Root['sort'], path: readonly string[]): StatementScope {
    const root = this.#rootAt(sort, path);
    return root === undefined ? EVERYTHING : { reach: 'roots', roots: [root] };
  }

  #index(path: readonly string[]): StatementScope {
    const root = this.#rootAt('relation', path);
    return root === undefined ? EVERYTHING : { reach: 'index', schema: root.schema, name: root.name };
  }

  /** Undefined where a name without a schema could mean one of several, and for what belongs to the session and not to the schema. */
  #rootAt(sort: Root['sort'], path: readonly string[]): Root | undefined {
    const name = path.at(-1);
    const [only, ...others] = this.#searchPath;
    const schema = path.at(-2) ?? (others.length === 0 ? only : undefined);
    return name === undefined || schema === undefined || schema === 'pg_temp' ? undefined : { sort, schema, name };
  }
}

function sortOfWord(kind: string): Root['sort'] | undefined {
  if (RELATIONS.includes(kind)) return 'relation';
  if (ROUTINES.includes(kind)) return 'routine';
  return TYPES.includes(kind) ? 'type' : undefined;
}
