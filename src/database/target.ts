import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ConnectionOptions } from 'node:tls';

/** A database as both drivers are told of it. */
export interface Target {
  /** A name, an address or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string | undefined;
  /** Settings for the session, in the form `-c name=value`. */
  readonly options?: string | undefined;
  readonly ssl: ConnectionOptions | false;
}

/**
 * Reads a connection URL or a `keyword=value` text the way libpq does, without its environment variables and service files.
 * @throws Error  naming what cannot be read, never the password
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
 */
export function parseTarget(text: string): Target {
  const given = /^postgres(ql)?:\/\//.test(text) ? parseUrl(text) : parseKeywords(text);
  const user = given.user || accountName();
  const port = Number(given.port || 5432);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`its port ${given.port} is not a port number`);
  return {
    host: given.host || given.hostaddr || 'localhost',
    port,
    user,
    database: given.dbname || user,
    password: given.password || undefined,
    options: given.options,
    ssl: tlsOf(given),
  };
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'postgres';
  }
}

type Parameters = Readonly<Record<string, string | undefined>>;

// Not the URL class: libpq allows an empty host with a user, and a list of characters in passwords that URL refuses.
const URL_FORM = /^postgres(?:ql)?:\/\/(?:([^:@/?]*)(?::([^@/?]*))?@)?(\[[^\]]*\]|[^:/?]*)(?::(\d*))?(?:\/([^?]*))?(?:\?(.*))?$/;

function parseUrl(text: string): Parameters {
  const match = text.match(URL_FORM);
  if (!match) throw new Error('it is not a URL of the form postgresql://user:password@host:port/database');
  const [user, password, host, port, dbname] = match.slice(1, 6).map((part) => (part === undefined ? undefined : decode(part)));
  const parameters = Object.fromEntries(new URLSearchParams(match[6] ?? ''));
  return { user, password, host: host?.replace(/^\[(.*)\]$/, '$1'), port, dbname, ...parameters };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error('it holds a % that is not followed by two hexadecimal digits; write a percent sign as %25');
  }
}

function parseKeywords(text: string): Parameters {
  const pairs = [...text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S*))/g)];
  if (pairs.length === 0) throw new Error('it is neither a postgresql:// URL nor a text of the form host=... dbname=...');
  return Object.fromEntries(pairs.map(([, name, quoted, plain]) => [name, (quoted ?? plain ?? '').replace(/\\(.)/g, '$1')]));
}

// libpq's modes: `require` encrypts without looking at the certificate unless a root is given; `allow` and `prefer` promise nothing.
function tlsOf(given: Parameters): ConnectionOptions | false {
  const mode = given.sslmode ?? 'prefer';
  if (['disable', 'allow', 'prefer'].includes(mode)) return false;
  const files = { ca: contents(given.sslrootcert), cert: contents(given.sslcert), key: contents(given.sslkey) };
  const certificates = Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined));
  if (mode === 'verify-full') return { ...certificates, rejectUnauthorized: true };
  if (mode === 'verify-ca' || (mode === 'require' && files.ca)) return { ...certificates, checkServerIdentity: () => undefined };
  if (mode === 'require' || mode === 'no-verify') return { ...certificates, rejectUnauthorized: false };
  throw new Error(`its sslmode "${mode}" is none of disable, allow, prefer, require, verify-ca, verify-full`);
}

function contents(file: string | undefined): string | undefined {
  return file && file !== 'system' ? readFileSync(file, 'utf8') : undefined;
}
