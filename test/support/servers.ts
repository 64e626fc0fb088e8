import { randomBytes } from 'node:crypto';
import { openScratch } from '../../src/database/scratch.ts';
import { FastpyError } from '../../src/errors.ts';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { startShadow } from '../../src/postgres/shadow.ts';

/** A database made for one test. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

const servers = new Map<number, Promise<Cluster | null>>();

/**
 * A private PostgreSQL of this major, one for each test process and major, which ends with the process.
 * 18 comes with the package. Null, and a line on standard output, when this machine has no such major.
 */
export function withServer(major: 15): Promise<Cluster | null>;
export function withServer(major?: 18): Promise<Cluster>;
export function withServer(major: 15 | 18): Promise<Cluster | null>;
export function withServer(major: 15 | 18 = 18): Promise<Cluster | null> {
  const server = servers.get(major) ?? start(major);
  servers.set(major, server);
  return server;
}

function start(major: number): Promise<Cluster | null> {
  return startShadow({ major }).catch((error) => {
    if (!(error instanceof FastpyError) || error.code !== 'BINARIES_NOT_FOUND' || major === 18) throw error;
    console.log(`skipped: no PostgreSQL ${major} on this machine`);
    return null;
  });
}

/** Makes an empty database from template0; the default server is the 18 of this process. */
export async function createDatabase(cluster?: Cluster): Promise<TestDatabase> {
  const server = cluster ?? (await withServer(18));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  return { name, url: server.url(name), drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function execute(server: Cluster, statement: string): Promise<void> {
  const database = openScratch(server.url(server.database));
  await database.session((session) => session.query(statement));
  await database.close();
}
