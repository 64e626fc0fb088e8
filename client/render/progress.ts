import type { Progress } from '../../src/protocol/methods.ts';
import { printable } from './printable.ts';

const QUIET_MS = 1000;
const FRAME_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A line on the terminal that tells how long work goes on; `stop` removes it. */
export interface ProgressLine {
  update(progress: Progress): void;
  stop(): void;
}

/** Shows work that takes over a second on standard error of a terminal; elsewhere nothing is written. */
export function startProgress(isWanted: boolean): ProgressLine {
  if (!isWanted || process.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const startedAt = Date.now();
  let latest: Progress = { message: 'working' };
  let drawn = false;
  const timer = setInterval(() => {
    const elapsedMs = Date.now() - startedAt;
    if (elapsedMs < QUIET_MS) return;
    drawn = true;
    process.stderr.write(`\r\u001b[2K${renderProgress(latest, elapsedMs).slice(0, width() - 1)}`);
  }, FRAME_MS);
  return {
    update: (progress) => {
      latest = printable(progress);
    },
    stop: () => {
      clearInterval(timer);
      if (drawn) process.stderr.write('\r\u001b[2K');
    },
  };
}

/** A terminal that does not tell its width says 0. */
function width(): number {
  return process.stderr.columns || 80;
}

/** e.g. `⠙ rehearsing 3/12 · 4 s`. */
export function renderProgress({ message, done, total }: Progress, elapsedMs: number): string {
  const frame = FRAMES[Math.floor(elapsedMs / FRAME_MS) % FRAMES.length];
  const count = done === undefined ? '' : ` ${done}${total === undefined ? '' : `/${total}`}`;
  return `${frame} ${message.replaceAll('\n', ' ')}${count} · ${Math.floor(elapsedMs / 1000)} s`;
}
