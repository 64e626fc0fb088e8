/** One statement that does several, so that nobody sees only a part of them. */
export const atOnce = (statements: readonly string[]): string =>
  `DO $swap$\nBEGIN\n${statements.map((sql) => `  ${sql};\n`).join('')}END\n$swap$`;
