import type { Command } from './command.ts';
import type { Output } from './output.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** Turns Ctrl-C into a request to stop; a second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals back to the process. */
  release(): void;
}

/** Listens for Ctrl-C and the signals that end a process. */
export function interruption(output: Output, { isEndless }: Command): Interruption {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) leave(output);
    if (isEndless !== true) output.note('stopping…');
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  return { signal: controller.signal, release };
}

function leave(output: Output): never {
  output.alert('interrupted: the answer was not waited for; `fastpy db:status` shows where the database stands');
  process.exit(INTERRUPTED);
}
