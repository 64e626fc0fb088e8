import { setTimeout as delay } from 'node:timers/promises';
import { openScratch } from '../../src/database/scratch.ts';
import type { Session } from '../../src/database/session.ts';

/** One request of an application. */
interface Sample {
  /** When it was answered, by `performance.now()`. */
  readonly at: number;
  readonly ms: number;
}

/** An application that goes on until it is stopped. */
export interface Traffic {
  /** The slowest of a hundred requests that were answered between two moments, in ms; NaN where there were none. */
  p99(from: number, to: number): number;
  /** The slowest of all, in ms. */
  longest(): number;
  stop(): Promise<void>;
}

const PAUSE_MS = 5;

/** Begins to ask on so many connections, each the next after a pause. */
export function startTraffic(url: string, connections: number, request: (session: Session) => Promise<unknown>): Traffic {
  const samples: Sample[] = [];
  let isOver = false;
  const one = async (): Promise<void> => {
    const database = openScratch(url);
    await database.session(async (session) => {
      while (!isOver) {
        const begun = performance.now();
        await request(session);
        const at = performance.now();
        samples.push({ at, ms: at - begun });
        await delay(PAUSE_MS);
      }
    });
    await database.close();
  };
  const all = Promise.all(Array.from({ length: connections }, one));
  // Who failed is heard at the stop.
  all.catch(() => undefined);
  return {
    p99: (from, to) => {
      const times = samples.filter(({ at }) => at >= from && at <= to).map(({ ms }) => ms);
      return times.sort((a, b) => a - b)[Math.floor(0.99 * times.length)] ?? Number.NaN;
    },
    longest: () => samples.reduce((longest, { ms }) => Math.max(longest, ms), 0),
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}
