/**
 * Everything that has to end with the bench, however it ends: processes, folders, databases. Who opens something says here how it is
 * closed, and holds it with `await using`; an interruption closes what is still open, the latest first.
 */
type Close = () => Promise<void> | void;

const open: Close[] = [];
const state = { isEnding: false };
const FAILED = 1;
const INTERRUPTED = 130;

/** Registers how something is closed. It is done once: at the end of the block that holds this, or when the bench is interrupted. */
export function closing(close: Close): AsyncDisposable {
  open.push(close);
  return {
    [Symbol.asyncDispose]: async () => {
      await goOn();
      await closeOnce(close);
    },
  };
}

/** Never returns once the bench is ending: what was being measured stops there, and starts nothing new. */
export async function goOn(): Promise<void> {
  if (state.isEnding) await new Promise(() => undefined);
}

/** Closes what is open when the bench is told to end or has a bug, and then ends it. */
export function endInOrder(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end(INTERRUPTED));
  process.once('uncaughtException', (error) => {
    console.error(error);
    void end(FAILED);
  });
}

/** What cannot be closed must not keep the rest open. */
async function end(exitCode: number): Promise<void> {
  state.isEnding = true;
  for (const close of open.toReversed()) await closeOnce(close).catch((error) => console.error(error));
  process.exit(exitCode);
}

async function closeOnce(close: Close): Promise<void> {
  const at = open.indexOf(close);
  if (at < 0) return;
  open.splice(at, 1);
  await close();
}
