import type { ScratchDatabase, ScratchSession } from './scratch.ts';

/** A connection that is kept until it is released. */
export interface Held {
  readonly session: ScratchSession;
  readonly release: () => void;
}

/** Takes a connection of a scratch database. @throws whatever connecting throws */
export function hold(database: ScratchDatabase): Promise<Held> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  return new Promise((resolve, reject) => {
    database
      .session((session) => {
        resolve({ session, release });
        return released;
      })
      .catch(reject);
  });
}
