import { fail } from '../errors.ts';
import { SQL_STAGE } from '../model/declaration.ts';
import type { DeclaredRename, ModelPart, ModelStatement } from '../model/statement.ts';
import { parameterOf } from './parameterOf.ts';
import { searchPath } from './searchPath.ts';
import { type SqlStatement, splitSql } from './splitSql.ts';
import { sqlRenames, strayMarks } from './sqlRenames.ts';

type Meaning = 'transaction' | 'setting' | 'reset' | 'forget' | 'nothing' | 'rows' | 'refused' | 'schema';

// In this order: the first pattern that fits the beginning of the statement says what it means in a model.
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [/^(?:begin|start\s+transaction|commit|end|rollback|abort|savepoint|release)\b/i, 'transaction'],
  [/^set\s+(?:constraints|transaction|session\s+characteristics)\b/i, 'nothing'],
  // The connection to the scratch database speaks UTF-8, whatever the program that wrote the file spoke.
  [/^set\s+(?:session\s+|local\s+)?(?:client_encoding|names)\b/i, 'nothing'],
  [/^(?:set|select\s+(?:pg_catalog\s*\.\s*)?set_config\s*\()/i, 'setting'],
  [/^(?:reset\s+all|discard\s+all)$/i, 'forget'],
  [/^reset\s/i, 'reset'],
  [/^(?:discard|checkpoint|analy[sz]e|listen|unlisten|notify|lock|deallocate)\b/i, 'nothing'],
  [/^(?:create|drop|alter)\s+(?:database|tablespace|system)\b/i, 'refused'],
  [/^(?:vacuum|reindex|cluster|load|prepare|execute|explain|declare|fetch|move|close|show)\b/i, 'refused'],
  [/^(?:insert|update|delete|merge|truncate|copy|select|with|values|table|call|refresh)\b|^\(/i, 'rows'],
];

const meaningOf = (sql: string): Meaning => meanings.find(([pattern]) => pattern.test(sql))?.[1] ?? 'schema';

/** The settings that hold at one place of a file; a SET LOCAL ends with its transaction. */
class Settings {
  #all: readonly { readonly sql: string; readonly local: boolean }[] = [];

  get current(): readonly string[] {
    return this.#all.map((setting) => setting.sql);
  }

  add(sql: string): void {
    const local = /^set\s+local\b/i.test(sql);
    const parameter = parameterOf(sql);
    const others = this.#all.filter((setting) => local || parameterOf(setting.sql) !== parameter);
    this.#all = [...others, { sql: sql.replace(/^set\s+local\b/i, 'SET'), local }];
  }

  remove(sql: string): void {
    this.#all = this.#all.filter((setting) => parameterOf(setting.sql) !== parameterOf(sql));
  }

  clear(): void {
    this.#all = [];
  }

  endTransaction(): void {
    this.#all = this.#all.filter((setting) => !setting.local);
  }
}

function rowsWarning(skipped: readonly SqlStatement[], file: string): string[] {
  const first = skipped[0];
  if (!first) return [];
  const what = /^\w+/.exec(first.sql)?.[0].toUpperCase() ?? 'a query';
  const others = skipped.length > 1 ? ` and ${skipped.length - 1} more like it` : '';
  return [`${file}:${first.line} ${what}${others} skipped: a model describes the schema, not rows`];
}

/**
 * Reads a SQL model: `SET` lines become the settings of the statements behind them, transaction control is dropped,
 * and statements that only touch rows are skipped with one warning.
 * @param file  relative to the project's root
 * @throws MODEL_LOAD_FAILED  where psql itself or a whole database would be needed
 */
export function readSqlModel(text: string, file: string): ModelPart {
  const statements: ModelStatement[] = [];
  const renames: DeclaredRename[] = [];
  const skipped: SqlStatement[] = [];
  const settings = new Settings();
  let current = settings.current;
  const act: Record<Meaning, (statement: SqlStatement) => void> = {
    transaction: (statement) => /^(?:commit|end|rollback|abort)\b/i.test(statement.sql) && settings.endTransaction(),
    setting: (statement) => settings.add(statement.sql),
    reset: (statement) => settings.remove(statement.sql),
    forget: () => settings.clear(),
    nothing: () => undefined,
    rows: (statement) => void skipped.push(statement),
    refused: (statement) => {
      throw refusal(statement, file);
    },
    schema: (statement) => {
      statements.push({ sql: statement.sql, file, line: statement.line, settings: current, stage: SQL_STAGE });
      renames.push(...sqlRenames(statement, searchPath(current)[0] ?? 'public', file));
    },
  };
  for (const statement of splitSql(text.replace(/^\uFEFF/, ''), file)) {
    const meaning = meaningOf(statement.sql);
    act[meaning](statement);
    if (meaning !== 'schema') current = settings.current;
  }
  return { file, statements, renames, warnings: [...rowsWarning(skipped, file), ...strayMarks(text, file, renames)] };
}

function refusal(statement: SqlStatement, file: string): Error {
  const words = statement.sql.split(/\s+/).slice(0, 2).join(' ').toUpperCase();
  const reason = `${words} acts on a whole database or server, which a model cannot describe`;
  return fail('MODEL_LOAD_FAILED', { file, line: statement.line, reason }, { location: { file, line: statement.line } });
}
