import { fail } from '../errors.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { type Identity, identity } from '../protocol/identity.ts';
import { type DaemonStatusResult, type HelloParams, type HelloResult, PROTOCOL_VERSION } from '../protocol/methods.ts';

/** What the daemon says of itself. */
export interface Self {
  readonly root: string;
  readonly endpoint: Endpoint;
  /** ISO 8601. */
  readonly startedAt: string;
}

/**
 * Answers `daemon.hello`.
 * @throws DAEMON_MISMATCH  when the client is of another version or another copy: then neither may trust what the other sends
 */
export function hello(params: HelloParams, self: Self): HelloResult {
  const mine = { protocolVersion: PROTOCOL_VERSION, ...identity() };
  const isSame =
    params.protocolVersion === mine.protocolVersion &&
    params.packageVersion === mine.packageVersion &&
    params.packagePath === mine.packagePath;
  if (!isSame) throw fail('DAEMON_MISMATCH', { daemon: describe(mine), client: describe(params) });
  if (params.project !== self.root) throw fail('USAGE', { problem: `this daemon serves ${self.root}, not ${params.project}` });
  return { ...mine, project: self.root, pid: process.pid, startedAt: self.startedAt };
}

function describe({ packageVersion, packagePath, protocolVersion }: Identity & { protocolVersion: number }): string {
  return `${packageVersion} (protocol ${protocolVersion}) at ${packagePath}`;
}

/** Answers `daemon.status`. */
export function status(self: Self, clients: number): DaemonStatusResult {
  return {
    schemaVersion: 1,
    protocolVersion: PROTOCOL_VERSION,
    ...identity(),
    project: self.root,
    pid: process.pid,
    startedAt: self.startedAt,
    uptimeMs: Date.now() - Date.parse(self.startedAt),
    clients,
    rssBytes: process.memoryUsage.rss(),
    socket: self.endpoint.socket,
    log: self.endpoint.log,
  };
}
