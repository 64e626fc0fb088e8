import { quoteIdentifier } from '../database/quote.ts';
import type { Database, Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { parameterOf } from '../load/parameterOf.ts';
import { unmodelledIn } from '../load/unmodelledStatements.ts';
import type { ModelSet, ModelStatement } from '../model/statement.ts';
import { duplication, firstCause, type Rejected, rejection } from './rejection.ts';

// Statements sent as one message; halved when one of them is refused, so that each is judged alone in the end.
const BATCH_SIZE = 64;

const WITHOUT_BODIES = 'SET check_function_bodies = off';

// PostgreSQL answers these when an object is missing that a statement further on may make: undefined and wrong objects
// (class 42), missing schemas (3F), shell types (0A), dependents still there (2B), objects not ready yet (55).
const WANTING = /^(?:42|3F|0A|2B|55)/;
const SYNTAX_ERROR = '42601';
const DUPLICATES = ['42P07', '42710', '42723', '42P06', '42701'];

const isExtensionMissing = ({ message }: SqlError): boolean => /extension .*is not available|extension control file/.test(message);

/** PL/pgSQL calls it a syntax error when the table of a `table.column%TYPE` is not there. */
const mayWant = ({ sql }: ModelStatement): boolean => /%\s*(?:row)?type\b/i.test(sql);

const isWanting = ({ statement, error }: Rejected): boolean =>
  WANTING.test(error.sqlState) && (error.sqlState !== SYNTAX_ERROR || mayWant(statement)) && !isExtensionMissing(error);

const missingRole = (error: SqlError): string | undefined => /^role "(.+)" does not exist$/.exec(error.message)?.[1];

// A new database has these already and pg_dump may create them again; a role stays in the server from an earlier run.
const inTemplate = /^(?:schema "public"|extension "plpgsql"|language "plpgsql"|role ".+") already exists$/;

const isNeededSetting = (setting: string): boolean => ['search_path', 'role', 'session authorization'].includes(parameterOf(setting));

const isRoutine = ({ sql }: ModelStatement): boolean => /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b/i.test(sql);

/** PostgreSQL makes it of its own accord for a function that returns the type, which may come first. */
const isShell = ({ sql }: ModelStatement): boolean => /^create\s+type\s[^(]*$/i.test(sql);

const createRole = (name: string): string => `CREATE ROLE ${quoteIdentifier(name)} NOLOGIN`;

/** Thrown inside a transaction, with which a role made there would go: it has to be made outside first. */
export class MissingRole extends Error {
  /** The statement that makes it. */
  readonly remedy: string;

  constructor(name: string) {
    super(`role "${name}" does not exist`);
    this.remedy = createRole(name);
  }
}

async function attempt(work: () => Promise<unknown>): Promise<SqlError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}

/** A try inside a transaction must not spoil it. */
const TRY = { begin: 'SAVEPOINT fastpyd_try', end: 'RELEASE SAVEPOINT fastpyd_try', undo: 'ROLLBACK TO SAVEPOINT fastpyd_try' };

/** Runs the statements of models on one session; the state of one run. */
class Materialiser {
  readonly warnings: string[] = [];
  readonly #session: Session;
  readonly #isInTransaction: boolean;
  readonly #done: ModelStatement[] = [];
  readonly #unchecked: ModelStatement[] = [];
  readonly #ignored = new Set<string>();
  #deferred: Rejected[] = [];
  #settings: readonly string[] = [];
  #batchSize = BATCH_SIZE;

  constructor(session: Session, isInTransaction: boolean) {
    this.#session = session;
    this.#isInTransaction = isInTransaction;
  }

  async run(statements: readonly ModelStatement[]): Promise<void> {
    // PostgreSQL's messages are read here; a role that may not choose their language keeps its own.
    if (!this.#isInTransaction) await this.#try("SET lc_messages = 'C'");
    let waiting: readonly ModelStatement[] = statements.filter((statement) => !this.#leavesOut(statement));
    while (waiting.length > 0) {
      await this.#round(waiting);
      const left = this.#deferred.map(({ statement }) => statement);
      waiting = left.length < waiting.length ? left : this.#loosen();
    }
    await this.checkBodies();
  }

  #leavesOut(statement: ModelStatement): boolean {
    const kind = unmodelledIn(statement);
    if (kind !== undefined) this.warnings.push(`${statement.file}:${statement.line} is left out: a ${kind} is not modelled`);
    return kind !== undefined;
  }

  async #round(statements: readonly ModelStatement[]): Promise<void> {
    this.#deferred = [];
    for (let at = 0; at < statements.length; ) {
      const batch = this.#batchAt(statements, at);
      await this.#runBatch(batch);
      at += batch.length;
    }
  }

  /** The longest run from there that has the same settings, within the size limit. */
  #batchAt(statements: readonly ModelStatement[], at: number): readonly ModelStatement[] {
    const batch = statements.slice(at, at + this.#batchSize);
    const settings = batch[0]?.settings;
    const isOther = (statement: ModelStatement): boolean =>
      statement.settings !== settings && statement.settings.join(';') !== settings?.join(';');
    const end = batch.findIndex(isOther);
    return end < 0 ? batch : batch.slice(0, end);
  }

  /** A message of several statements is one transaction: refused, it has left nothing, and its halves are tried. */
  async #runBatch(batch: readonly ModelStatement[]): Promise<void> {
    const first = batch[0];
    if (!first) return;
    await this.#apply(first.settings, first);
    const error = await this.#try(batch.map(({ sql }) => sql).join(';\n'));
    if (!error) return this.#succeeded(batch);
    if (batch.length === 1) return this.#refused(first, error);
    const middle = Math.ceil(batch.length / 2);
    this.#batchSize = middle;
    await this.#runBatch(batch.slice(0, middle));
    await this.#runBatch(batch.slice(middle));
  }

  #succeeded(batch: readonly ModelStatement[]): void {
    this.#done.push(...batch);
    this.#batchSize = Math.min(BATCH_SIZE, this.#batchSize * 2);
  }

  async #refused(statement: ModelStatement, error: SqlError): Promise<void> {
    const role = missingRole(error);
    if (role !== undefined) {
      await this.#createRole(role);
      return this.#runBatch([statement]);
    }
    if (inTemplate.test(error.message)) return;
    if (DUPLICATES.includes(error.sqlState)) {
      const doubled = duplication({ statement, error }, this.#done);
      if (isShell(statement) && doubled.code !== 'MODEL_DUPLICATE') return;
      throw doubled;
    }
    if (!isWanting({ statement, error })) throw rejection({ statement, error });
    if (this.#dropsNothing(statement))
      return void this.warnings.push(`${statement.file}:${statement.line} drops nothing: ${error.message}`);
    this.#deferred.push({ statement, error });
  }

  /** A DROP that comes before its CREATE must not be tried again behind it. */
  #dropsNothing({ sql, file }: ModelStatement): boolean {
    return /^drop\b/i.test(sql) && !this.#deferred.some(({ statement }) => statement.file === file);
  }

  async #createRole(name: string): Promise<void> {
    if (this.#isInTransaction) throw new MissingRole(name);
    const error = await this.#try(createRole(name));
    // Another scratch database of the same server may have made it meanwhile: 23505 is that race seen from inside.
    if (error && error.sqlState !== '42710' && error.sqlState !== '23505') throw error;
  }

  /** Routines may call each other in a circle, so that no order suits them: their bodies are checked at the end instead. */
  #loosen(): readonly ModelStatement[] {
    const isStrict = (statement: ModelStatement): boolean => isRoutine(statement) && statement.settings.at(-1) !== WITHOUT_BODIES;
    const strict = this.#deferred.map(({ statement }) => statement).filter(isStrict);
    const cause = firstCause(this.#deferred);
    if (strict.length === 0 && cause) throw rejection(cause);
    this.#unchecked.push(...strict);
    return this.#deferred.map(({ statement }) =>
      strict.includes(statement) ? { ...statement, settings: [...statement.settings, WITHOUT_BODIES] } : statement,
    );
  }

  /** Makes the routines once more, with their bodies checked, and takes that back. */
  async checkBodies(statements: readonly ModelStatement[] = this.#unchecked): Promise<void> {
    for (const statement of statements) {
      await this.#apply(statement.settings, statement);
      await this.#send(this.#isInTransaction ? TRY.begin : 'BEGIN');
      const error = await attempt(() => this.#send(statement.sql.replace(/^create\s+(?:or\s+replace\s+)?/i, 'CREATE OR REPLACE ')));
      await this.#send(this.#isInTransaction ? TRY.undo : 'ROLLBACK');
      if (error) throw rejection({ statement, error: this.#shifted(error, statement) });
    }
    await this.#apply([], undefined);
  }

  /** The error's position counted in the statement as the model has it. */
  #shifted(error: SqlError, { sql }: ModelStatement): SqlError {
    const added = sql.replace(/^create\s+(?:or\s+replace\s+)?/i, 'CREATE OR REPLACE ').length - sql.length;
    const position = error.position === undefined ? undefined : error.position - added;
    return new SqlError({ ...error, message: error.message, position, cause: error });
  }

  /** Brings the session to exactly these settings; what earlier ones changed goes back to its default first. */
  async #apply(settings: readonly string[], owner: ModelStatement | undefined): Promise<void> {
    if (settings === this.#settings || settings.join(';') === this.#settings.join(';')) return;
    const resets = this.#settings.filter((setting) => !this.#ignored.has(setting)).map((setting) => `RESET ${parameterOf(setting)}`);
    // The session's role comes first: under a lesser role the others may not be reset.
    resets.sort((one, other) => Number(/session|role/.test(other)) - Number(/session|role/.test(one)));
    await this.#send(resets.join(';\n'));
    this.#settings = settings;
    const wanted = settings.filter((setting) => !this.#ignored.has(setting));
    if (!(await this.#try(wanted.join(';\n')))) return;
    for (const setting of wanted) await this.#set(setting, owner);
  }

  async #set(setting: string, owner: ModelStatement | undefined): Promise<void> {
    const error = await this.#try(setting);
    const role = error && missingRole(error);
    if (role !== undefined) {
      await this.#createRole(role);
      return this.#set(setting, owner);
    }
    if (!error || !owner) return;
    if (isNeededSetting(setting)) throw rejection({ statement: { ...owner, sql: setting }, error });
    this.#ignored.add(setting);
    this.warnings.push(`${owner.file}: ${setting} was ignored: ${error.message}`);
  }

  /** Runs a text, and leaves nothing of it when it is refused. */
  async #try(text: string): Promise<SqlError | undefined> {
    if (text === '' || !this.#isInTransaction) return attempt(() => this.#send(text));
    const error = await attempt(() => this.#send([TRY.begin, text, TRY.end].join(';\n')));
    if (error) await this.#send(TRY.undo);
    return error && this.#behindSavepoint(error);
  }

  /** The error's position counted in the text behind the savepoint. */
  #behindSavepoint(error: SqlError): SqlError {
    const position = error.position === undefined ? undefined : error.position - TRY.begin.length - 2;
    return new SqlError({ ...error, message: error.message, position, cause: error });
  }

  async #send(text: string): Promise<void> {
    if (text === '') return;
    await (this.#session.script ?? this.#session.query)(text);
  }
}

/**
 * Makes models real in a scratch database, whatever the order of their statements: one that fails for want of an object
 * is tried again when others are done. Roles that are named and missing are made in the server.
 * @returns warnings, one sentence each
 * @throws MODEL_REJECTED  with the model's file and line, when a statement cannot be run in any order
 * @throws MODEL_DUPLICATE  when two statements make the same object
 */
export async function materialise(database: Database, models: ModelSet): Promise<readonly string[]> {
  return database.session(async (session) => {
    const materialiser = new Materialiser(session, false);
    await materialiser.run(models.statements);
    return materialiser.warnings;
  });
}

/** What is to be run in a transaction that is open already. */
export interface Rerun {
  readonly statements: readonly ModelStatement[];
  /** Routines that stand as they are, but whose bodies may have lost what they mention. */
  readonly recheck: readonly ModelStatement[];
}

/**
 * The same for some statements of models, inside a transaction in which PostgreSQL speaks English.
 * @returns warnings, one sentence each
 * @throws MissingRole
 * @throws MODEL_REJECTED
 * @throws MODEL_DUPLICATE
 */
export async function rematerialise(session: Session, { statements, recheck }: Rerun): Promise<readonly string[]> {
  const materialiser = new Materialiser(session, true);
  await materialiser.run(statements);
  await materialiser.checkBodies(recheck);
  return materialiser.warnings;
}
