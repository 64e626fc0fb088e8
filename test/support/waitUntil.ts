import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the claim holds, asking every 10 ms; fails with its text after the limit. */
export async function waitUntil(claim: string, holds: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error(`after ${limitMs} ms it still does not hold that ${claim}`);
    await delay(10);
  }
}
