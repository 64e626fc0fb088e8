const startedAt = performance.now();

/** Tells what is being done, with the seconds since the start, where it does not mix with results. */
export function say(text: string): void {
  console.error(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5)} s  ${text}`);
}
