import { openDatabase } from '../database/live.ts';
import type { Database } from '../database/session.ts';
import type { SessionOptions } from '../database/sessionSettings.ts';
import { parseTarget } from '../database/target.ts';
import { FastpyError, fail } from '../errors.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { startKeptShadow } from '../postgres/keptShadow.ts';
import { type ShadowOptions, startShadow } from '../postgres/shadow.ts';
import type { DatabaseInfo } from '../protocol/methods.ts';
import { ModelStates } from '../shadow/modelStates.ts';
import { Shadow, type ShadowServer } from '../shadow/shadow.ts';
import { States } from '../shadow/states.ts';
import type { Logger } from '../support/log.ts';
import { Observed } from './observed.ts';

/** A live database that commands work on. */
export interface LiveTarget {
  readonly live: Database;
  /** What the live database says of itself. */
  readonly observed: Observed;
  readonly info: DatabaseInfo;
}

/** The same with the shadow that stands for it. */
export interface Target extends LiveTarget {
  readonly shadow: Shadow;
  /** The project's root, where function steps of migrations find what they import. */
  readonly root: string;
  readonly states: States;
  /** What models describe, made real in the shadow. */
  readonly models: ModelStates;
  /** True where the shadow is of the live server's major, so that its word counts for the live one. */
  readonly isSameMajor: boolean;
}

/** A live database of whoever opened it. */
export interface OpenLive extends LiveTarget {
  close(): Promise<void>;
}

/** A target of whoever opened it. */
export interface OpenTarget extends Target {
  close(): Promise<void>;
}

interface LiveFacts {
  readonly version: string;
  readonly major: number;
  readonly role: string;
}

const readFacts = async (live: Database): Promise<LiveFacts> => {
  const facts = await live.session((session) =>
    session.query<LiveFacts>(
      `select split_part(current_setting('server_version'), ' ', 1) as version, current_setting('server_version_num')::int / 10000 as major, current_user::text as role`,
    ),
  );
  if (facts[0] === undefined) throw fail('DATABASE_UNREACHABLE', { target: live.safeUrl, reason: 'it does not say what it is' });
  return facts[0];
};

/** How a live database is opened. */
export interface LiveOptions {
  readonly root: string;
  readonly url: string;
  readonly kind: DatabaseInfo['kind'];
  readonly isProtected: boolean;
  /** For every statement on the live database. */
  readonly limits: SessionOptions;
}

interface TargetOptions extends LiveOptions {
  /** `embedded`, or the URL of a server for scratch databases. */
  readonly shadow: string;
  /** Whether a private shadow is to be there again for the next process. */
  readonly keepsShadow: boolean;
  readonly log?: Logger | undefined;
}

/**
 * Connects to a live database, for commands that have no use for a shadow.
 * @throws DATABASE_UNREACHABLE
 */
export async function openLive(options: LiveOptions): Promise<OpenLive> {
  const live = await openDatabase(options.url, options.limits);
  try {
    return withFacts(live, await readFacts(live), options);
  } catch (error) {
    await live.close();
    throw error;
  }
}

/**
 * Connects to a live database and starts the shadow that belongs to it: the one of the settings, or a private server of the same major.
 * @throws DATABASE_UNREACHABLE
 * @throws SERVER_NOT_STARTED
 */
export async function openTarget(options: TargetOptions): Promise<OpenTarget> {
  const live = await openDatabase(options.url, options.limits);
  try {
    return await besideShadow(live, options);
  } catch (error) {
    await live.close();
    throw error;
  }
}

function withFacts(live: Database, facts: LiveFacts, options: LiveOptions): OpenLive {
  // The port of the embedded server may be another one after each start.
  const observed = new Observed(live, { root: options.root, place: options.kind === 'embedded' ? options.kind : live.safeUrl });
  return {
    live,
    observed,
    info: {
      url: live.safeUrl,
      kind: options.kind,
      serverVersion: facts.version,
      development: isLocal(options.url) && !options.isProtected,
    },
    close: async () => void (await Promise.allSettled([observed.close(), live.close()])),
  };
}

async function besideShadow(live: Database, options: TargetOptions): Promise<OpenTarget> {
  const facts = await readFacts(live);
  const server = await shadowServer(options, facts.major);
  const shadow = await openShadow(server, live, facts.role);
  const states = new States(shadow);
  const models = new ModelStates(states);
  const beside = withFacts(live, facts, options);
  return {
    ...beside,
    shadow,
    root: options.root,
    states,
    models,
    isSameMajor: server.major === facts.major,
    close: async () => {
      await models.prepare();
      models.close();
      await Promise.allSettled([beside.close(), states.close().finally(() => shadow.close())]);
    },
  };
}

async function openShadow(server: ShadowServer, live: Database, role: string): Promise<Shadow> {
  try {
    const shadow = await Shadow.open(server, role);
    const roles = await rolesOf(live);
    // Event triggers and foreign data wrappers can belong only to a superuser.
    await shadow.ensureRoles(namesOf(roles, true), 'SUPERUSER NOLOGIN');
    await shadow.ensureRoles(namesOf(roles, false));
    return shadow;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface LiveRole {
  readonly name: string;
  readonly isSuperuser: boolean;
}

/** Privileges, policies and owners may name any role of the live server. */
function rolesOf(live: Database): Promise<readonly LiveRole[]> {
  const roles = `select rolname::text as name, rolsuper as "isSuperuser" from pg_roles where rolname !~ '^pg_'`;
  return live.session((session) => session.query<LiveRole>(roles));
}

const namesOf = (roles: readonly LiveRole[], isSuperuser: boolean): readonly string[] =>
  roles.filter((role) => role.isSuperuser === isSuperuser).map(({ name }) => name);

async function shadowServer(options: TargetOptions, major: number): Promise<ShadowServer> {
  if (options.shadow !== 'embedded') return serverAt(options.shadow);
  const start = options.keepsShadow ? (wish: ShadowOptions) => startKeptShadow({ ...options, ...wish }) : startShadow;
  return start({ major }).catch((error: unknown): Promise<Cluster> => {
    if (error instanceof FastpyError && error.code === 'BINARIES_NOT_FOUND') return start({});
    throw error;
  });
}

/** A server that somebody else runs; scratch databases are made beside the one that the URL names. */
async function serverAt(url: string): Promise<ShadowServer> {
  const database = await openDatabase(url).catch((error: unknown) => {
    throw shadowFailure(error);
  });
  const { version, major } = await readFacts(database).finally(() => database.close());
  const withDatabase = (name: string): string => {
    const changed = new URL(url);
    changed.pathname = `/${encodeURIComponent(name)}`;
    return changed.href;
  };
  return {
    version,
    major,
    database: decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres',
    isShared: true,
    url: withDatabase,
    isRunning: () => true,
    stop: async () => undefined,
  };
}

/** It is not the user's database that is out of reach. */
function shadowFailure(error: unknown): unknown {
  if (!(error instanceof FastpyError) || error.code !== 'DATABASE_UNREACHABLE') return error;
  return fail('SHADOW_UNREACHABLE', error.facts as { readonly target: string; readonly reason: string }, { cause: error });
}

const LOCAL = /^(localhost|127(\.\d+){3}|::1|\[::1\]|)$/;

/** Loopback or a local socket. */
function isLocal(url: string): boolean {
  const host = parseTarget(url).host ?? '';
  return LOCAL.test(host) || host.startsWith('/');
}
