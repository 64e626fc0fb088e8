import { Client } from 'pg';
import { startDaemon } from './daemon.ts';
import { createProject, type Folder } from './project.ts';
import { DATABASE } from './suggestions.ts';

/** A durable PostgreSQL with databases to be had: that of an empty project, whose daemon has nothing else to do. */
export interface Server extends AsyncDisposable {
  readonly project: Folder;
  /** Makes an empty database and returns its URL. */
  database(name: string): Promise<string>;
}

/** Starts a server; it goes with everything in it where the block that holds it ends. */
export async function startServer(): Promise<Server> {
  await using opened = new AsyncDisposableStack();
  const project = opened.use(createProject([]));
  const daemon = opened.use(await startDaemon(project));
  const { url } = await daemon.client.request('db.url', { database: DATABASE });
  const kept = opened.move();
  return {
    project,
    database: (name) => createDatabase(url, name),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await execute(serverUrl, [`CREATE DATABASE ${name}`]);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs statements one after the other, as a plain client does. */
export async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
