import type { Progress } from '../../src/protocol/methods.ts';
import { printable } from './printable.ts';

const QUIET_MS = 1000;
const FRAME_MS = 100;
const ERASE = '\r\u001b[2K';
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A line on the terminal that tells how long work goes on; `stop` removes it. */
export interface ProgressLine {
  update(progress: Progress): void;
  stop(): void;
}

/** Shows work that takes over a second on standard error of a terminal; elsewhere nothing is written. */
export function startProgress(isWanted: boolean): ProgressLine {
  if (!isWanted) return { update: () => undefined, stop: () => undefined };
  const startedAt = Date.now();
  let latest: Progress = { message: 'working' };
  let frames: NodeJS.Timeout | undefined;
  const draw = () => process.stderr.write(`${ERASE}${renderProgress(latest, Date.now() - startedAt).slice(0, width() - 1)}`);
  // Standard error is looked at only now: opening it costs time, which quick work need not spend.
  const begin = () => {
    if (process.stderr.isTTY !== true) return;
    draw();
    frames = setInterval(draw, FRAME_MS);
  };
  const beginning = setTimeout(begin, QUIET_MS);
  return {
    update: (progress) => {
      latest = printable(progress);
    },
    stop: () => {
      clearTimeout(beginning);
      if (frames === undefined) return;
      clearInterval(frames);
      process.stderr.write(ERASE);
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
