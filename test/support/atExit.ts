const cleaners: (() => void)[] = [];

process.once('exit', () => {
  for (const clean of cleaners.reverse()) clean();
});

/** Runs this when the test process ends, the latest first; it must not wait for anything. */
export function atExit(clean: () => void): void {
  cleaners.push(clean);
}
