/** Limits for the statements of a connection, in milliseconds; 0 is none. */
export interface SessionOptions {
  readonly statementTimeout?: number | undefined;
  readonly lockTimeout?: number | undefined;
}

/**
 * The same statement, which sets nothing and answers no row when the session is not one of these processes: a pooler stands between.
 */
export const settingsOfOwn = (options: SessionOptions, processes: readonly number[]): string =>
  `${settingsStatement(options)} WHERE pg_catalog.pg_backend_pid() IN (${[0, ...processes].join(', ')})`;

/**
 * One statement that pins what the meaning and the output of SQL depend on, so that a role's or database's own settings
 * cannot change them; `search_path` is left to the caller. Sent after connecting, since poolers refuse settings at the start.
 */
export function settingsStatement(options: SessionOptions): string {
  const settings = {
    standard_conforming_strings: 'on',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    bytea_output: 'hex',
    extra_float_digits: '1',
    application_name: 'fastpyd',
    statement_timeout: String(options.statementTimeout ?? 0),
    lock_timeout: String(options.lockTimeout ?? 0),
    idle_in_transaction_session_timeout: '0',
  };
  return `SELECT ${Object.entries(settings)
    .map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', false)`)
    .join(', ')}`;
}
