import type { SqlError } from '../database/sqlError.ts';
import { type FastpyError, fail, type Location } from '../errors.ts';
import { type StatementTarget, statementTarget } from '../load/statementTarget.ts';
import type { ModelStatement } from '../model/statement.ts';

/** A statement of a model and why PostgreSQL refused it. */
export interface Rejected {
  readonly statement: ModelStatement;
  readonly error: SqlError;
}

/** PostgreSQL counts characters, JavaScript counts UTF-16 units: the text before a position, without splitting a character. */
const textBefore = (sql: string, position: number): string => [...sql].slice(0, position - 1).join('');

/** Where in the model the error lies. The lines of a statement are lines of its file only where the file is SQL. */
function locationOf({ statement, error }: Rejected): Location & { readonly line: number } {
  const { file, line, sql } = statement;
  if (error.position === undefined) return { file, line };
  const before = textBefore(sql, error.position).split('\n');
  const within = before.length - 1;
  return {
    file,
    line: file.endsWith('.sql') ? line + within : line,
    column: (before.at(-1)?.length ?? 0) + 1,
    statement: sql.split('\n')[within],
  };
}

function hintFor(error: SqlError): string | undefined {
  if (/extension .*is not available|extension control file/.test(error.message)) {
    return 'The shadow lacks this extension: install it there, or set "shadow" in fastpyd.config.json to the URL of a server that has it.';
  }
  return error.hint ?? error.detail;
}

/** The error that tells a person which line of which model PostgreSQL refused, and why. */
export function rejection(rejected: Rejected): FastpyError {
  const location = locationOf(rejected);
  const { error, statement } = rejected;
  const details = { file: statement.file, line: location.line, reason: error.message, hint: hintFor(error) };
  return fail('MODEL_REJECTED', details, { cause: error, location });
}

const place = ({ file, line }: ModelStatement): string => `${file}:${line}`;

const isSamePath = (one: readonly string[], other: readonly string[]): boolean =>
  one.at(-1) === other.at(-1) && (one.length !== other.length || one.join('.') === other.join('.'));

/** Routines may share a name; only the text up to their closing parenthesis tells two of them apart. */
const signature = (sql: string): string =>
  sql
    .slice(0, sql.indexOf(')'))
    .replace(/\s+|^create or replace/gi, '')
    .toLowerCase();

const isRoutine = ({ kind }: StatementTarget): boolean => /^(?:function|procedure|aggregate)$/.test(kind);

/** A type may be called like a function, but not like a table. */
function isSameTarget(one: StatementTarget, other: StatementTarget): boolean {
  if (isRoutine(one) !== isRoutine(other)) return false;
  if (one.kind === 'part' && one.on && !other.on) return isSamePath(one.on, other.path);
  return isSamePath(one.path, other.path) && isSamePath(one.on ?? [], other.on ?? []);
}

/** The error for an object that exists already: with both places when a model made it, else as PostgreSQL said it. */
export function duplication(rejected: Rejected, done: readonly ModelStatement[]): FastpyError {
  const { statement, error } = rejected;
  const target = statementTarget(statement.sql);
  const first = done.find(({ sql }) => {
    const other = statementTarget(sql);
    if (!target || !other || !isSameTarget(target, other)) return false;
    return !isRoutine(target) || signature(sql) === signature(statement.sql);
  });
  if (!target || !first) return rejection(rejected);
  const object = target.kind === 'part' ? error.message.replace(/ already exists.*/, '') : `${target.kind} "${target.path.join('.')}"`;
  return fail(
    'MODEL_DUPLICATE',
    { object, first: place(first), second: place(statement) },
    { cause: error, location: locationOf(rejected) },
  );
}

/** The last part of the name that PostgreSQL misses: `users` for `relation "public.users" does not exist`. */
function missingName(error: SqlError): string | undefined {
  const found = /(?:relation|type|table|schema|domain|index|sequence|view|constraint|of relation) "?([^"\s]+)"?/.exec(error.message);
  return (found ?? /function ([^(\s]+)\(/.exec(error.message))?.[1]?.split('.').at(-1)?.replace(/\[\]$/, '');
}

/**
 * Of statements that all wait for something, the one to tell a person about: the first that does not merely wait for another of them.
 */
export function firstCause(rejected: readonly Rejected[]): Rejected | undefined {
  const names = rejected.map(({ statement }) => statementTarget(statement.sql)?.path.at(-1));
  const waitsForAnother = ({ error }: Rejected, index: number): boolean => {
    const missing = missingName(error);
    return missing !== undefined && names.some((name, other) => name === missing && other !== index);
  };
  return rejected.find((one, index) => !waitsForAnother(one, index)) ?? rejected[0];
}
