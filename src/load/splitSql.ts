import { fail } from '../errors.ts';
import { isSignificant, nextToken, type ScanState, type SqlToken } from './scanSql.ts';

/** One statement of a script, without its semicolon and without the comments around it. */
export interface SqlStatement {
  readonly sql: string;
  /** The line of the statement's first token, from 1. */
  readonly line: number;
  /** The offset of its first token in the script. */
  readonly offset: number;
  /** White space and comments between the statement before (its semicolon included) and this one. */
  readonly leading: string;
}

interface Building {
  readonly first: SqlToken;
  last: SqlToken;
  /** The unquoted words at its beginning, in lower case; four decide whether it makes a function. */
  readonly words: string[];
  parentheses: number;
  /** How deep it is in BEGIN ATOMIC and CASE. */
  blocks: number;
}

const makesRoutine = (words: readonly string[]): boolean => /^create (?:or replace )?(?:function|procedure)/.test(words.join(' '));

/** PostgreSQL allows BEGIN ATOMIC only in routines, and psql counts BEGIN, CASE and END outside parentheses there. */
function countBlocks(building: Building, word: string, before: string | undefined): void {
  if (building.parentheses > 0 || !makesRoutine(building.words)) return;
  if (word === 'atomic' && before === 'begin' && building.blocks === 0) building.blocks = 1;
  else if ((word === 'case' || word === 'begin') && building.blocks > 0) building.blocks++;
  else if (word === 'end' && building.blocks > 0) building.blocks--;
}

function extend(building: Building, token: SqlToken): void {
  if (token.kind === 'word') {
    const word = token.text.toLowerCase();
    if (building.words.length < 4) building.words.push(word);
    countBlocks(building, word, building.last.text.toLowerCase());
  } else if (token.text === '(') building.parentheses++;
  else if (token.text === ')' && building.parentheses > 0) building.parentheses--;
  building.last = token;
}

const unclosed: Record<SqlToken['kind'], string> = {
  string: 'the string that begins here is never closed',
  identifier: 'the quoted name that begins here is never closed',
  comment: 'the comment that begins here is never closed',
  space: '',
  word: '',
  symbol: '',
};

/** Cuts a script into its statements; the state of one run over one text. */
class Splitter {
  readonly #text: string;
  readonly #file: string;
  readonly #state: ScanState = { at: 0, backslashEscapes: false };
  readonly #statements: SqlStatement[] = [];
  #building: Building | undefined;
  #gapStart = 0;
  #counted = { offset: 0, line: 1 };

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  run(): SqlStatement[] {
    for (let token = nextToken(this.#text, this.#state); token; token = nextToken(this.#text, this.#state)) this.#take(token);
    this.#finish();
    return this.#statements;
  }

  #take(token: SqlToken): void {
    if (!token.closed) throw this.#failure(token.start, unclosed[token.kind]);
    if (!isSignificant(token)) return;
    if (token.text === '\\') this.#skipBackslashLine(token);
    else if (token.text === ';' && !this.#isNested()) this.#end(token);
    else this.#add(token);
  }

  #isNested(): boolean {
    const building = this.#building;
    return building !== undefined && (building.parentheses > 0 || building.blocks > 0);
  }

  #add(token: SqlToken): void {
    this.#building ??= { first: token, last: token, words: [], parentheses: 0, blocks: 0 };
    extend(this.#building, token);
  }

  #end(semicolon: SqlToken): void {
    const sql = this.#finish();
    this.#gapStart = semicolon.end;
    if (/^set\s+(?:session\s+)?standard_conforming_strings\b/i.test(sql)) this.#state.backslashEscapes = /\boff\W*$/i.test(sql);
    if (/^copy\b.*\bfrom\s+stdin\b/is.test(sql)) this.#skipCopyData();
  }

  /** The rows of COPY … FROM stdin stand on the lines behind it, up to a line with `\.` alone. */
  #skipCopyData(): void {
    const end = /(?:^|\r?\n)\\\.(?=\r?\n|$)/g;
    end.lastIndex = this.#state.at;
    this.#state.at = end.exec(this.#text) ? end.lastIndex : this.#text.length;
    this.#gapStart = this.#state.at;
  }

  #finish(): string {
    const building = this.#building;
    if (!building) return '';
    const { first, last } = building;
    const sql = this.#text.slice(first.start, last.end);
    this.#statements.push({
      sql,
      line: this.#lineAt(first.start),
      offset: first.start,
      leading: this.#text.slice(this.#gapStart, first.start),
    });
    this.#building = undefined;
    return sql;
  }

  /** pg_dump frames its output with \restrict and \unrestrict, which only guard psql; other commands need psql itself. */
  #skipBackslashLine(token: SqlToken): void {
    const command = /^\\\S*/.exec(this.#text.slice(token.start, token.start + 80))?.[0] ?? '\\';
    if (!/^\\(?:un)?restrict$/.test(command)) {
      throw this.#failure(token.start, `${command} is a command of psql, not SQL`);
    }
    const end = this.#text.indexOf('\n', token.start);
    this.#state.at = end < 0 ? this.#text.length : end;
  }

  /** Offsets are asked for in rising order, so that lines are counted once. */
  #lineAt(offset: number): number {
    let { offset: at, line } = offset < this.#counted.offset ? { offset: 0, line: 1 } : this.#counted;
    for (let next = this.#text.indexOf('\n', at); next >= 0 && next < offset; next = this.#text.indexOf('\n', at)) {
      line++;
      at = next + 1;
    }
    this.#counted = { offset: at, line };
    return line;
  }

  #failure(offset: number, reason: string): Error {
    const line = this.#lineAt(offset);
    return fail('MODEL_LOAD_FAILED', { file: this.#file, line, reason }, { location: { file: this.#file, line } });
  }
}

/**
 * Cuts a script into statements as psql does: quotes, dollar quotes, comments, parentheses and BEGIN ATOMIC bodies keep
 * their semicolons, and the rows of COPY … FROM stdin are skipped.
 * @param file  the name under which errors speak of the text
 * @throws MODEL_LOAD_FAILED  for a quote that is never closed, and for psql's backslash commands
 * @see https://github.com/postgres/postgres/blob/master/src/fe_utils/psqlscan.l
 */
export function splitSql(text: string, file = 'the script'): SqlStatement[] {
  return new Splitter(text, file).run();
}
