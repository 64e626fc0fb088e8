import { FastpyError, fail } from '../errors.ts';
import { SqlError } from './sqlError.ts';

/** What PostgreSQL sends with an error, as the pg driver names it. */
interface ServerError extends Error {
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
  readonly severity: string;
  readonly constraint?: string;
  readonly where?: string;
}

// Class 08 is a broken connection; 57P01 to 57P05 are the server ending it. https://www.postgresql.org/docs/current/errcodes-appendix.html
const CONNECTION_LOST = /^(08...|57P0[1-5])$/;

/**
 * Turns what a driver threw for a statement into `SqlError`, or into `DATABASE_UNREACHABLE` when the connection was lost.
 * Errors of our own, and those of no driver, come back as they are.
 */
export function toSqlError(error: unknown, context: { readonly statement: string; readonly target: string }): unknown {
  if (error instanceof FastpyError || error instanceof SqlError || !(error instanceof Error)) return error;
  const { statement, target } = context;
  const server = serverErrorOf(error);
  if (server && !CONNECTION_LOST.test(server.code)) return fromServer(server, statement);
  if (server || isLostConnection(error)) {
    return fail('DATABASE_UNREACHABLE', { target, reason: `the connection was lost: ${reasonOf(server ?? error)}` }, { cause: error });
  }
  return error.constructor.name === 'InvalidInputError' ? fromInvalidInput(error, statement) : error;
}

/** The error for a connection that could not be made. */
export function toUnreachable(error: unknown, target: string): FastpyError {
  return error instanceof FastpyError ? error : fail('DATABASE_UNREACHABLE', { target, reason: reasonOf(error) }, { cause: error });
}

function fromServer(server: ServerError, statement: string): SqlError {
  return new SqlError({
    message: server.message,
    sqlState: server.code,
    detail: server.detail,
    hint: server.hint,
    position: server.position ? Number(server.position) : undefined,
    statement,
    constraint: server.constraint,
    context: server.where,
    cause: server,
  });
}

/** slonik keeps nothing but the message of a 22P02, and uses the same class for a text of several statements. */
function fromInvalidInput(error: Error, statement: string): SqlError {
  const sqlState = error.message.startsWith('Must not use multiple statements') ? '42601' : '22P02';
  return new SqlError({ message: error.message, sqlState, statement, cause: error });
}

/** slonik wraps PostgreSQL's error, once or twice. */
function serverErrorOf(error: unknown): ServerError | undefined {
  for (let candidate = error; candidate instanceof Error; candidate = candidate.cause) {
    if ('severity' in candidate && 'code' in candidate) return candidate as ServerError;
  }
  return undefined;
}

const isLostConnection = (error: Error): boolean =>
  /terminated|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|not queryable|Client is (destroyed|pending destroy)|Client was closed/.test(
    `${error.message} ${(error as NodeJS.ErrnoException).code}`,
  );

/** Node's error for a name with several addresses has an empty message and a list of causes. */
function reasonOf(error: unknown): string {
  const server = serverErrorOf(error);
  if (server) return server.message;
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause);
  return error instanceof Error ? error.message || error.name : String(error);
}
