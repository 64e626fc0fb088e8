import { openScratch } from '../../src/database/scratch.ts';

/** Asks over a connection of its own. */
export async function ask<Row = Record<string, unknown>>(url: string, text: string): Promise<readonly Row[]> {
  const database = openScratch(url, { isRare: true });
  return database.session((session) => session.query<Row>(text)).finally(() => database.close());
}
