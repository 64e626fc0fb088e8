import { emitKeypressEvents, type Key } from 'node:readline';

/** What single keys do. */
export type Keys = Readonly<Record<string, () => Promise<void>>>;

/**
 * Lets single keys of the terminal do work, one at a time; while one works, and may ask, the terminal is as it was.
 * @returns what gives the terminal back
 */
export function listenToKeys(keys: Keys): () => void {
  const { stdin } = process;
  let isWorking = false;
  const listen = (isListening: boolean): void => {
    stdin.setRawMode(isListening);
    stdin[isListening ? 'on' : 'off']('keypress', onKey);
    stdin[isListening ? 'resume' : 'pause']();
  };
  const onKey = (text: string | undefined, { ctrl, name }: Key): void => {
    // A terminal in raw mode sends no signals.
    if (ctrl && name === 'c') return void process.emit('SIGINT');
    const work = keys[text ?? ''];
    if (work !== undefined && !isWorking) void run(work);
  };
  const run = async (work: () => Promise<void>): Promise<void> => {
    isWorking = true;
    listen(false);
    await work().finally(() => {
      isWorking = false;
    });
    listen(true);
  };
  emitKeypressEvents(stdin);
  listen(true);
  return () => listen(false);
}
