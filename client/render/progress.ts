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

/** Shows work that takes over a second on standard error of a terminal; elsewhere only notices are written, each on a line that stays. */
export function startProgress(isWanted: boolean, note: (line: string) => void): ProgressLine {
  if (!isWanted) return { update: () => undefined, stop: () => undefined };
  const startedAt = Date.now();
  let latest: Progress = { message: 'working' };
  let begunAt = startedAt;
  let frames: NodeJS.Timeout | undefined;
  const draw = () =>
    process.stderr.write(
      `${ERASE}${renderProgress(latest, Date.now() - (latest.unit === undefined ? startedAt : begunAt)).slice(0, width() - 1)}`,
    );
  // Standard error is looked at only now: opening it costs time, which quick work need not spend.
  const begin = () => {
    if (process.stderr.isTTY !== true) return;
    draw();
    frames = setInterval(draw, FRAME_MS);
  };
  const beginning = setTimeout(begin, QUIET_MS);
  return {
    update: (progress) => {
      if (progress.isNotice) {
        if (frames !== undefined) process.stderr.write(ERASE);
        return note(printable(progress).message);
      }
      // A rate is that of what is at work now.
      if (progress.message !== latest.message) begunAt = Date.now();
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
export function renderProgress({ message, done, total, unit }: Progress, elapsedMs: number): string {
  const frame = FRAMES[Math.floor(elapsedMs / FRAME_MS) % FRAMES.length];
  if (unit !== undefined && done !== undefined && total !== undefined) return `${frame} ${renderRows({ message, done, total }, elapsedMs)}`;
  const count = done === undefined ? '' : ` ${done}${total === undefined ? '' : `/${total}`}`;
  return `${frame} ${message.replaceAll('\n', ' ')}${count} · ${Math.floor(elapsedMs / 1000)} s`;
}

const BAR_WIDTH = 20;

/** e.g. `filling public.posts ███████░░░ 650000/1000000 rows · 81250 rows/s · 4 s left`. */
function renderRows(
  { message, done, total }: { readonly message: string; readonly done: number; readonly total: number },
  elapsedMs: number,
): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  const perSecond = Math.round(done / Math.max(0.001, elapsedMs / 1000));
  const left = perSecond > 0 ? ` · ${perSecond} rows/s · ${Math.ceil((total - done) / perSecond)} s left` : '';
  return `${message.replaceAll('\n', ' ')} ${bar} ${done}/${total} rows${left}`;
}
