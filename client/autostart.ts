import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorData, FastpyError, fail } from '../src/errors.ts';
import type { Endpoint } from '../src/protocol/endpoint.ts';
import { type Starting, startDaemon } from './startDaemon.ts';

const DEADLINE_MS = 20_000;
const POLL_MS = 15;
/** A daemon that lost the race for the lock has ended; if the winner is gone too, another one is started after this long. */
const RETRY_MS = 500;

/**
 * Starts the project's daemon and tries to connect until one answers, be it this one or another that was started meanwhile.
 * @param tryConnect  gives undefined while none answers
 * @throws DAEMON_UNREACHABLE  when none answers within 20 s, with the last lines of its log
 */
export async function startAndConnect<T>(root: string, endpoint: Endpoint, tryConnect: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  let starting = startDaemon(root);
  try {
    while (Date.now() < deadline) {
      const connected = await tryConnect();
      if (connected !== undefined) return connected;
      starting = restartedIfOver(root, endpoint, starting);
      await sleep(POLL_MS);
    }
  } finally {
    starting.forget();
  }
  throw silent(endpoint, `no answer within ${DEADLINE_MS / 1000} s`);
}

/** A start that ended well lost the race to another daemon; one that did not has left the reason behind. */
function restartedIfOver(root: string, endpoint: Endpoint, starting: Starting): Starting {
  const { ended } = starting;
  if (ended === undefined) return starting;
  if (ended.code !== 0) throw failureOf(endpoint, ended.code);
  return Date.now() - ended.at < RETRY_MS ? starting : startDaemon(root);
}

function failureOf(endpoint: Endpoint, code: number): FastpyError {
  try {
    return FastpyError.from(JSON.parse(readFileSync(endpoint.failure, 'utf8')) as ErrorData);
  } catch {
    return silent(endpoint, `it ended with code ${code} at its start`);
  }
}

function silent(endpoint: Endpoint, reason: string): FastpyError {
  const lines = existsSync(endpoint.log) ? readFileSync(endpoint.log, 'utf8').trimEnd().split('\n').slice(-5) : [];
  return fail('DAEMON_UNREACHABLE', { reason: [reason, ...lines.map((line) => `  ${line.slice(0, 300)}`)].join('\n'), log: endpoint.log });
}
