import { connect, type Socket } from 'node:net';

/** After so long without a word it is asked whether the server can still be reached, by the kernel and by us. */
const SILENCE_MS = 15_000;
const ANSWER_LIMIT_MS = 10_000;

/**
 * Ends a connection when its server cannot be reached any more. A network that is cut without a word keeps whoever waits for an answer waiting
 * for ever. The kernel notices (keepalive) if nothing was sent since, and otherwise only when it has tried to send for a quarter of an hour;
 * so a new connection is tried then. A server that is merely long at work accepts that.
 */
export function endUnreachable(stream: Socket): void {
  const { remoteAddress: host, remotePort: port } = stream;
  // A Unix socket has no network.
  if (host === undefined || port === undefined) return;
  stream.setKeepAlive(true, SILENCE_MS);
  // Comes once in each silence: what is sent while the server can be reached gets there, and from then on the kernel can tell.
  stream.on('timeout', async () => {
    if (await isReachable(host, port)) return;
    const reason = `the server has been silent for ${(SILENCE_MS + ANSWER_LIMIT_MS) / 1_000} s, and takes no new connection`;
    stream.destroy(Object.assign(new Error(reason), { code: 'ETIMEDOUT' }));
  });
  stream.setTimeout(SILENCE_MS);
}

/** Who refuses is there. */
function isReachable(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const attempt = connect({ host, port, timeout: ANSWER_LIMIT_MS });
  attempt
    .on('connect', () => resolve(true))
    .on('timeout', () => resolve(false))
    .on('error', ({ code }: NodeJS.ErrnoException) => resolve(!UNREACHABLE.has(code)));
  return promise.finally(() => attempt.destroy());
}

const UNREACHABLE = new Set<string | undefined>(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']);
