/** Limits for the statements of a connection, in milliseconds; 0 is none. */
export interface SessionOptions {
  readonly statementTimeout?: number | undefined;
  readonly lockTimeout?: number | undefined;
}

/**
 * The same statement, which sets nothing and answers no row when the session is not one of these processes: a pooler stands between.
 */
export const settingsOfOwn = (options: SessionOptions, processes: readonly number[]): string =>
  `${liveSettingsStatement(options)} WHERE pg_catalog.pg_backend_pid() IN (${[0, ...processes].join(', ')})`;

/**
 * What is pinned on the live database beside: what its roles and databases may say otherwise than a scratch database, which has the server's
 * defaults. Names without a schema mean there what they mean in a scratch database, whose migrations are the same.
 */
const ON_LIVE = {
  search_path: 'public',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  quote_all_identifiers: 'off',
  array_nulls: 'on',
  backslash_quote: 'safe_encoding',
  transform_null_equals: 'off',
  row_security: 'on',
  xmlbinary: 'base64',
  xmloption: 'content',
};

/**
 * What not every server has or lets be set. A session works for somebody or waits for its work, and is not ended for that; and the server notices
 * within a minute when its client is gone without a word, and within seconds in the middle of a statement when the client was killed. A minute is
 * the time of both: what is sent shortly before the keepalives would give up is waited for anew.
 * @see https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL
 */
const WHERE_KNOWN = {
  transaction_timeout: '0',
  idle_session_timeout: '0',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '25s',
};

// Refused where the operating system of the server cannot tell; its default says nothing of that.
const CONNECTION_CHECK = `CASE WHEN pg_catalog.version() ~ 'linux' THEN pg_catalog.set_config('client_connection_check_interval', '2s', false) END`;

/** `settingsStatement` with what is pinned on the live database beside. */
export function liveSettingsStatement(options: SessionOptions): string {
  const known = Object.entries(WHERE_KNOWN).map(
    ([name, value]) => `CASE WHEN pg_catalog.current_setting('${name}', true) IS NOT NULL THEN ${setting(name, value)} END`,
  );
  return [
    settingsStatement(options),
    ...Object.entries(ON_LIVE).map(([name, value]) => setting(name, value)),
    ...known,
    CONNECTION_CHECK,
  ].join(', ');
}

const setting = (name: string, value: string): string => `pg_catalog.set_config('${name}', '${value}', false)`;

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
    .map(([name, value]) => setting(name, value))
    .join(', ')}`;
}
