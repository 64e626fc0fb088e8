import { existsSync, statSync } from 'node:fs';

const INTERVAL_MS = 1_000;

export interface WatchdogOptions {
  readonly lockFile: string;
  readonly socket: string;
  /** True while a client is connected or work is running. */
  readonly isBusy: () => boolean;
  /** After this long without either, in milliseconds; 0 = never. */
  readonly idleExit: () => Promise<number>;
  readonly rebind: () => Promise<void>;
  readonly stop: (reason: string) => void;
}

/**
 * Ends a daemon that nobody needs any more, or whose project or lock file went away: with another lock file another
 * daemon could start. A socket file that went away is made again.
 * @returns a function that ends the watching
 */
export function startWatchdog(options: WatchdogOptions): () => void {
  const lockFile = inode(options.lockFile);
  let idleSince = Date.now();
  const look = async () => {
    if (inode(options.lockFile) !== lockFile) return options.stop('the project folder is gone');
    if (process.platform !== 'win32' && !existsSync(options.socket)) await options.rebind();
    if (options.isBusy()) idleSince = Date.now();
    const idleExit = await options.idleExit();
    if (idleExit > 0 && Date.now() - idleSince >= idleExit) options.stop('idle');
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  return () => clearInterval(timer);
}

function inode(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
