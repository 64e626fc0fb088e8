import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Why a connection is refused before it becomes a WebSocket. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly reason: string;
}

/**
 * Looks at a request for a WebSocket. Only a browser sends Origin, and no page has any business here: a local server that
 * answers one is open to every website, as CVE-2025-24964 and its kin showed.
 * @param token  for TCP; a Unix socket's file permissions are its token
 */
export function refusalOf(request: IncomingMessage, token?: string): Refusal | undefined {
  if (request.headers.origin !== undefined) return { status: 403, reason: 'browsers are not served' };
  if (token === undefined) return undefined;
  if (!isLoopbackHost(request)) return { status: 403, reason: 'the Host header does not name this machine' };
  return hasToken(request, token) ? undefined : { status: 401, reason: 'the token is missing or wrong' };
}

/** Exactly our address and port: a name that only resolves to it (DNS rebinding) is another Host. */
function isLoopbackHost(request: IncomingMessage): boolean {
  const { port } = request.socket.address() as AddressInfo;
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => request.headers.host === `${name}:${port}`);
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const expected = Buffer.from(`Bearer ${token}`);
  const given = Buffer.from(request.headers.authorization ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
