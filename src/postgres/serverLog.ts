import { rename, stat } from 'node:fs/promises';
import { logOf } from './keeper.ts';

const LONGEST_LOG_BYTES = 8_000_000;

/** Puts the log of a data directory aside when it has grown long; for a server that does not run. */
export async function shortenLog(directory: string): Promise<void> {
  const log = await stat(logOf(directory)).catch(() => undefined);
  if (log && log.size > LONGEST_LOG_BYTES) await rename(logOf(directory), `${logOf(directory)}.1`);
}
