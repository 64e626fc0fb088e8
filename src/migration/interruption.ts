import { type FastpyError, fail } from '../errors.ts';

/** The error of a command that was interrupted, with what the database looks like now. */
export const interruption = (state: string): FastpyError => fail('CANCELLED', { state });

/** @throws CANCELLED */
export function assertNotInterrupted(signal: AbortSignal | undefined, state: string): void {
  if (signal?.aborted) throw interruption(state);
}
