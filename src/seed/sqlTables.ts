import type { Project } from '../config/project.ts';
import { ModelLoader } from '../load/modelLoader.ts';
import { isSignificant, nameOf, type SqlToken, scanSql } from '../load/scanSql.ts';
import type { ModelStatement } from '../model/statement.ts';
import { withWishes } from './columnWishes.ts';
import type { ColumnTarget, ModelColumn, ModelTable } from './modelTable.ts';
import { uniqueKeys } from './readConditions.ts';

/** The tables that a project's SQL models create, as far as their text tells without a server. */
export async function sqlTables(project: Project): Promise<readonly ModelTable[]> {
  const loader = new ModelLoader(project);
  try {
    const { statements } = await loader.load();
    return readTables(statements.filter(({ file }) => file.endsWith('.sql')));
  } finally {
    loader.close();
  }
}

/** A statement as its words, without white space and comments. */
class Words {
  readonly #tokens: readonly SqlToken[];
  #at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  /** Moves behind the words if they come next. */
  skip(...words: readonly string[]): boolean {
    const fits = words.every((word, index) => this.#tokens[this.#at + index]?.text.toLowerCase() === word);
    if (fits) this.#at += words.length;
    return fits;
  }

  take(): SqlToken | undefined {
    return this.#tokens[this.#at++];
  }

  /** A name of one part or two. */
  name(): readonly string[] {
    const path: string[] = [];
    do {
      const token = this.take();
      if (token !== undefined) path.push(nameOf(token));
    } while (this.skip('.'));
    return path;
  }

  rest(): readonly SqlToken[] {
    return this.#tokens.slice(this.#at);
  }
}

const wordsOf = (sql: string): Words => new Words(scanSql(sql).filter(isSignificant));

const qualifiedIn = (path: readonly string[]): { readonly schema: string; readonly name: string } => ({
  schema: path.length > 1 ? (path[0] ?? 'public') : 'public',
  name: path.at(-1) ?? '',
});

/** What is said of the tables elsewhere than in their own statements. */
interface Beside {
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** The text of all statements on a table, by its name. */
  readonly said: ReadonlyMap<string, string>;
}

function readTables(statements: readonly ModelStatement[]): readonly ModelTable[] {
  const texts = statements.map(({ sql }) => sql);
  const enums = new Map(texts.flatMap(readEnum));
  const said = Map.groupBy(texts, (sql) => tableOf(sql) ?? '');
  const beside = { enums, said: new Map([...said].map(([name, parts]) => [name, parts.join(';\n')])) };
  return texts.flatMap((sql) => readTable(sql, beside));
}

function readEnum(sql: string): readonly (readonly [string, readonly string[]])[] {
  const words = wordsOf(sql);
  if (!words.skip('create', 'type')) return [];
  const name = words.name().at(-1) ?? '';
  if (!words.skip('as', 'enum')) return [];
  const values = words.rest().filter(({ kind }) => kind === 'string');
  return [[name, values.map(({ text }) => text.slice(1, -1).replaceAll("''", "'"))]];
}

/** The table that a statement makes, alters or indexes. */
function tableOf(sql: string): string | undefined {
  const words = wordsOf(sql);
  if (beginsTable(words) || words.skip('alter', 'table')) {
    words.skip('if', 'exists');
    words.skip('only');
    return words.name().at(-1);
  }
  return /^create\s+unique\s+index\b/i.test(sql) ? /\bon\s+(?:only\s+)?(?:"?\w+"?\.)?"?(\w+)"?/i.exec(sql)?.[1] : undefined;
}

function beginsTable(words: Words): boolean {
  if (!words.skip('create')) return false;
  words.skip('unlogged');
  if (!words.skip('table')) return false;
  words.skip('if', 'not', 'exists');
  return true;
}

function readTable(sql: string, { enums, said }: Beside): readonly ModelTable[] {
  const words = wordsOf(sql);
  if (!beginsTable(words)) return [];
  const { schema, name } = qualifiedIn(words.name());
  if (!words.skip('(')) return [];
  const statements = said.get(name) ?? sql;
  const items = itemsIn(words.rest());
  const targets = new Map([...items.flatMap(readTableKey), ...readAddedKeys(statements)]);
  const keys = uniqueKeys(statements);
  const columns = items.flatMap((item) => readColumn(item, { enums, statements, targets, keys }));
  return [{ schema, name, exported: null, columns: withWishes(columns, statements), keys: keys.filter(({ length }) => length > 1) }];
}

/** The parts between commas up to the closing parenthesis. */
function itemsIn(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const items: SqlToken[][] = [[]];
  let depth = 1;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth === 0) break;
    if (token.text === ',' && depth === 1) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter(({ length }) => length > 0);
}

const TABLE_CONSTRAINT = /^(?:constraint|primary|unique|check|foreign|exclude|like)$/i;
const FOREIGN_KEY = /foreign key \( ("(?:[^"]|"")+"|\S+) \) (references .*)$/i;

const textOf = (tokens: readonly SqlToken[]): string => tokens.map(({ text }) => text).join(' ');

function readTableKey(item: readonly SqlToken[]): readonly (readonly [string, ColumnTarget | null])[] {
  const [, column, target] = FOREIGN_KEY.exec(textOf(item)) ?? [];
  return column === undefined || target === undefined ? [] : [[wordsOf(column).name()[0] ?? '', readTarget(target)]];
}

const readAddedKeys = (statements: string): readonly (readonly [string, ColumnTarget | null])[] =>
  statements.split(';\n').flatMap((sql) => (/^alter\b/i.test(sql) ? readTableKey(scanSql(sql).filter(isSignificant)) : []));

function readTarget(text: string): ColumnTarget | null {
  const words = wordsOf(text);
  if (!words.skip('references')) return null;
  const { schema, name } = qualifiedIn(words.name());
  return { schema, table: name, column: words.skip('(') ? (words.name()[0] ?? 'id') : 'id' };
}

interface ColumnContext {
  readonly enums: Beside['enums'];
  readonly statements: string;
  readonly targets: ReadonlyMap<string, ColumnTarget | null>;
  readonly keys: ModelTable['keys'];
}

const TYPE_END = /^(?:not|null|default|primary|references|check|unique|generated|collate|constraint)$/i;

function readColumn(item: readonly SqlToken[], { enums, statements, targets, keys }: ColumnContext): readonly ModelColumn[] {
  const [first, ...rest] = item;
  if (first === undefined || (first.kind === 'word' && TABLE_CONSTRAINT.test(first.text))) return [];
  const name = nameOf(first);
  const end = rest.findIndex((token) => token.kind === 'word' && TYPE_END.test(token.text));
  const type = textOf(end < 0 ? rest : rest.slice(0, end)).replace(/ ?([(),.[\]]) ?/g, '$1');
  const options = textOf(end < 0 ? [] : rest.slice(end));
  const target = /\breferences\b.*/i.exec(options)?.[0];
  return [
    {
      name,
      property: name,
      type,
      isRequired: isRequired({ name, type, options, statements }),
      isUnique: /\b(?:unique|primary key)\b/i.test(options) || keys.some((key) => key.length === 1 && key[0] === name),
      values:
        enums.get(
          (
            type
              .replace(/(?:\[\])+$/, '')
              .split('.')
              .at(-1) ?? ''
          ).replaceAll('"', ''),
        ) ?? [],
      references: target === undefined ? (targets.get(name) ?? null) : readTarget(target),
    },
  ];
}

interface ColumnText {
  readonly name: string;
  readonly type: string;
  readonly options: string;
  readonly statements: string;
}

/** pg_dump says defaults and identities in statements of their own. */
function isRequired({ name, type, options, statements }: ColumnText): boolean {
  const isFilled = /serial\d?$/i.test(type) || /\b(?:default|generated)\b/i.test(options);
  const isFilledLater = new RegExp(`alter\\s+column\\s+"?${name}"?\\s+(?:set\\s+default|add\\s+generated)`, 'i').test(statements);
  const isKey = new RegExp(`primary\\s+key\\s*\\([^)]*(?<!\\w)"?${name}"?(?!\\w)`, 'i').test(statements);
  return !isFilled && !isFilledLater && (isKey || /\b(?:not null|primary key)\b/i.test(options));
}
