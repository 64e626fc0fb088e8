import { emitKeypressEvents, type Key } from 'node:readline';

/** What single keys do; their work never fails. */
export type Keys = Readonly<Record<string, () => Promise<void>>>;

/**
 * Lets single keys of the terminal do work, one at a time; while one works, and may ask, the terminal is as it was.
 * @returns what gives the terminal back for good, once the work of a key is done
 */
export function listenToKeys(keys: Keys): () => Promise<void> {
  const { stdin } = process;
  let working: Promise<void> | undefined;
  let isOver = false;
  const listen = (isListening: boolean): void => {
    stdin.setRawMode(isListening);
    stdin[isListening ? 'on' : 'off']('keypress', onKey);
    stdin[isListening ? 'resume' : 'pause']();
  };
  const onKey = (text: string | undefined, { ctrl, name }: Key): void => {
    // A terminal in raw mode sends no signals.
    if (ctrl && name === 'c') return void process.emit('SIGINT');
    const work = keys[text ?? ''];
    if (work !== undefined) working ??= run(work);
  };
  const run = async (work: () => Promise<void>): Promise<void> => {
    listen(false);
    await work();
    working = undefined;
    if (!isOver) listen(true);
  };
  emitKeypressEvents(stdin);
  listen(true);
  return async () => {
    isOver = true;
    if (working === undefined) listen(false);
    await working;
  };
}
