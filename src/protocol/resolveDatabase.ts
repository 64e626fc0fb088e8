import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { fail } from '../errors.ts';
import { readProjectFile } from './projectFile.ts';

/** A database and where its URL was found. */
export interface ResolvedDatabase {
  /** A PostgreSQL URL, or `embedded`. */
  readonly url: string;
  /** e.g. `--database-url` or `DATABASE_URL in .env`. */
  readonly source: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The database in use, in this order: `--database-url`, `directUrl` of the settings (the way around a pooler), `DATABASE_URL` (also in the
 * project's `.env`), `databaseUrl` of the settings, and else the embedded one.
 * @throws USAGE  when the URL cannot be read; the message never repeats it, as it may hold a password
 */
export function resolveDatabase(options: { root: string; flag?: string | undefined; env: Environment }): ResolvedDatabase {
  const file = dotEnv(options.root);
  const found =
    given(options.flag, '--database-url') ??
    direct(options.root, { ...file, ...options.env }) ??
    given(options.env.DATABASE_URL, 'DATABASE_URL') ??
    given(file.DATABASE_URL, 'DATABASE_URL in .env') ??
    configured(options.root, { ...file, ...options.env });
  if (found === undefined) return { url: 'embedded', source: 'default' };
  return { url: withPassword(checked(found), options.env), source: found.source };
}

function given(url: string | undefined, source: string): ResolvedDatabase | undefined {
  return url === undefined || url === '' ? undefined : { url, source };
}

function dotEnv(root: string): Environment {
  const file = join(root, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** A directUrl that is in no environment here says nothing: not every machine has a pooler before its database. */
function direct(root: string, env: Environment): ResolvedDatabase | undefined {
  const url = setting(root, 'directUrl', 'is a postgresql:// URL or "env:NAME"');
  return given(url?.startsWith('env:') ? env[url.slice(4)] : url, 'directUrl in fastpyd.config.json');
}

function setting(root: string, name: string, rule: string): string | undefined {
  const { file, value } = readProjectFile(root);
  const url = (value as Record<string, unknown> | null)?.[name];
  if (url === undefined || typeof url === 'string') return url;
  throw fail('CONFIG_INVALID', { file, problems: [`"${name}" ${rule}`] });
}

function configured(root: string, env: Environment): ResolvedDatabase | undefined {
  const url = setting(root, 'databaseUrl', 'is a postgresql:// URL, "env:NAME" or "embedded"');
  if (url === undefined) return undefined;
  return url.startsWith('env:') ? named(url.slice(4), env) : { url, source: 'databaseUrl in fastpyd.config.json' };
}

function named(name: string, env: Environment): ResolvedDatabase {
  const url = env[name];
  if (url) return { url, source: name };
  throw fail('USAGE', {
    problem: `the settings take the database from ${name}, which is not set`,
    help: `Set ${name}, or give --database-url.`,
  });
}

function checked({ url, source }: ResolvedDatabase): string {
  if (url === 'embedded') return url;
  const help = 'A URL reads postgresql://user:password@host:5432/database; write special characters in it percent-encoded.';
  if (!/^postgres(ql)?:\/\//.test(url)) throw fail('USAGE', { problem: `the database of ${source} is not a postgresql:// URL`, help });
  if (!URL.canParse(url)) throw fail('USAGE', { problem: `the database URL of ${source} cannot be read`, help });
  return url;
}

/** PGPASSWORD holds for this shell and not for the daemon, so it goes into the URL. */
function withPassword(url: string, env: Environment): string {
  if (url === 'embedded' || !env.PGPASSWORD) return url;
  const parsed = new URL(url);
  if (parsed.password !== '' || parsed.host === '' || parsed.searchParams.has('password')) return url;
  parsed.password = encodeURIComponent(env.PGPASSWORD);
  return parsed.href;
}
