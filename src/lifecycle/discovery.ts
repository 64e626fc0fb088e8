import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Endpoint } from '../protocol/endpoint.ts';
import { identity } from '../protocol/identity.ts';
import { PROTOCOL_VERSION } from '../protocol/methods.ts';
import type { TcpAccess } from '../rpc/server.ts';

/** Tells other tools who serves this project; only this user can read it, as it may hold the token. A hint: the socket is the truth. */
export function writeDiscovery(endpoint: Endpoint, daemon: { startedAt: string; tcp: TcpAccess | undefined }): void {
  const hint = {
    pid: process.pid,
    startedAt: daemon.startedAt,
    socket: endpoint.socket,
    tcp: daemon.tcp,
    protocolVersion: PROTOCOL_VERSION,
    ...identity(),
    nodeVersion: process.version,
  };
  writePrivately(endpoint.discovery, hint);
}

/** Removes the hint that `writeDiscovery` wrote. */
export function removeDiscovery(endpoint: Endpoint): void {
  rmSync(endpoint.discovery, { force: true });
}

/** Leaves the reason of a start that did not succeed, for the client that waits for it. */
export function writeFailure(endpoint: Endpoint, error: object): void {
  writePrivately(endpoint.failure, error);
}

/** Forgets an earlier start's reason. */
export function removeFailure(endpoint: Endpoint): void {
  rmSync(endpoint.failure, { force: true });
}

function writePrivately(file: string, value: object): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
