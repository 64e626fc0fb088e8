import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../protocol/methods.ts';
import { isConnectionLoss } from './steps.ts';

/** A migration that takes the server down with it must not do so for ever. */
const LOSSES = 2;
/** For a server that starts again, or another one that takes its place. */
const LIMIT_MS = 30_000;
const PAUSE_MS = 300;

interface Options {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Told by the work when it has the lock: only then was there a connection that can be lost. */
export type Begun = () => void;

/**
 * Does the work again when its connection was lost in the middle: what was committed is in the ledger, and all else never happened. What the
 * database itself ended is left alone, for somebody wanted that.
 */
export async function acrossLosses<T>({ signal, onProgress }: Options, work: (begun: Begun) => Promise<T>): Promise<T> {
  let limit = 0;
  let left = LOSSES + 1;
  // It says what it left; that nobody answers any more says nothing of that.
  let loss: unknown;
  for (;;) {
    let hasBegun = false;
    try {
      return await work(() => {
        hasBegun = true;
      });
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      if (hasBegun) loss = error;
      if (isWanted(error) || signal?.aborted) throw loss ?? error;
      if (hasBegun) {
        limit = performance.now() + LIMIT_MS;
        left--;
      }
      if (left <= 0 || performance.now() > limit) throw loss ?? error;
    }
    onProgress?.({ message: 'the connection was lost; connecting again' });
    await delay(PAUSE_MS * (0.5 + Math.random()));
  }
}

/** Ended by an administrator, with its database, or because it was idle. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const WANTED = /^57P0[145]$/;

function isWanted(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if ('code' in cause && WANTED.test(String(cause.code))) return true;
  return false;
}
