import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { type Sql, writeSql } from './sql.ts';
import { type TypeName, writeType } from './types.ts';

export interface ProcedureOptions {
  /** The arguments as SQL writes them, without the parentheses: `a integer, b text DEFAULT ''`. */
  readonly arguments?: string | Sql | undefined;
  readonly language?: string | undefined;
  /** The body as text; it is quoted here. */
  readonly body?: string | Sql | undefined;
  /** The body as statements that PostgreSQL checks and tracks: BEGIN ATOMIC … END. */
  readonly atomic?: Sql | undefined;
  readonly security?: 'definer' | 'invoker' | undefined;
  /** Settings that hold while it runs: `{ search_path: 'public' }`. */
  readonly set?: Readonly<Record<string, string>> | undefined;
}

export interface FunctionOptions extends ProcedureOptions {
  /** The result's type: `trigger`, `SETOF integer`, `TABLE (a integer)`, a declared type. */
  readonly returns: TypeName;
  readonly volatility?: 'immutable' | 'stable' | 'volatile' | undefined;
  readonly strict?: boolean | undefined;
  readonly leakproof?: boolean | undefined;
  readonly parallel?: 'safe' | 'restricted' | 'unsafe' | undefined;
  readonly window?: boolean | undefined;
  readonly cost?: number | undefined;
  readonly rows?: number | undefined;
}

/** A dollar quote that the text does not contain. */
function dollarQuote(text: string): string {
  let tag = '$$';
  for (let count = 1; text.includes(tag); count++) tag = `$body${count}$`;
  return `${tag}${text}${tag}`;
}

const writeText = (text: string | Sql): string => (typeof text === 'string' ? text : writeSql(text));

function writeBody({ body, atomic }: ProcedureOptions, object: string): string {
  if (atomic !== undefined) return `BEGIN ATOMIC ${writeSql(atomic).replace(/;?\s*$/, ';')} END`;
  if (body === undefined) throw new Error(`${object} needs a body`);
  return `AS ${dollarQuote(writeText(body))}`;
}

const writeSettings = (settings: ProcedureOptions['set']): string[] =>
  Object.entries(settings ?? {}).map(([name, value]) => `SET ${name} TO ${value === '' ? "''" : value}`);

function writeTraits(options: Partial<FunctionOptions>): string[] {
  return [
    options.window ? 'WINDOW' : '',
    options.volatility?.toUpperCase() ?? '',
    options.leakproof ? 'LEAKPROOF' : '',
    options.strict ? 'STRICT' : '',
    options.security ? `SECURITY ${options.security.toUpperCase()}` : '',
    options.parallel ? `PARALLEL ${options.parallel.toUpperCase()}` : '',
    options.cost === undefined ? '' : `COST ${options.cost}`,
    options.rows === undefined ? '' : `ROWS ${options.rows}`,
  ].filter((trait) => trait !== '');
}

/** Defaults are not part of a routine's signature. */
const withoutDefaults = (list: string): string => list.replace(/\s+(?:DEFAULT\s|=)[^,]*/gi, '');

function routine(kind: 'FUNCTION' | 'PROCEDURE', name: Name, options: ProcedureOptions & Partial<FunctionOptions>): Named {
  const full = qualified(name);
  const list = (): string => writeText(options.arguments ?? '');
  const create = (): string[] => [
    [
      `CREATE ${kind} ${writeName(full)}(${list()})`,
      ...(options.returns === undefined ? [] : [`RETURNS ${writeType(options.returns)}`]),
      `LANGUAGE ${options.language ?? 'sql'}`,
      ...writeTraits(options),
      ...writeSettings(options.set),
      writeBody(options, `${kind.toLowerCase()} ${dotted(full)}`),
    ].join(' '),
  ];
  return new Named({
    kind,
    path: dotted(full),
    isUnique: false,
    reference: () => writeName(full),
    target: () => `${writeName(full)}(${withoutDefaults(list())})`,
    stage: STAGES.routine,
    create,
  });
}

/** Declares a function. Several may share a name when their arguments differ. */
export const func = (name: Name, options: FunctionOptions): Named => routine('FUNCTION', name, options);

/** Declares a procedure, which CALL runs. */
export const procedure = (name: Name, options: ProcedureOptions): Named => routine('PROCEDURE', name, options);

export interface AggregateOptions {
  readonly arguments: string | Sql;
  readonly sfunc: string;
  readonly stype: TypeName;
  /** Any other option of CREATE AGGREGATE, by its name there: `{ finalfunc: 'f', initcond: "'{}'" }`. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** Declares an aggregate. */
export function aggregate(name: Name, options: AggregateOptions): Named {
  const full = qualified(name);
  const list = (): string => writeText(options.arguments);
  const others = Object.entries(options.options ?? {}).map(([key, value]) => `, ${key.toUpperCase()} = ${value}`);
  return new Named({
    kind: 'AGGREGATE',
    path: dotted(full),
    isUnique: false,
    reference: () => writeName(full),
    target: () => `${writeName(full)}(${list()})`,
    stage: STAGES.routine,
    create: () => [
      `CREATE AGGREGATE ${writeName(full)}(${list()}) (SFUNC = ${options.sfunc}, STYPE = ${writeType(options.stype)}${others.join('')})`,
    ],
  });
}
