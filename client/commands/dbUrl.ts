import type { Command } from '../command.ts';

/** `fastpy db:url`: the URL of the database in use, with its password, and nothing else. */
export const dbUrl: Command = {
  name: 'db:url',
  summary: 'Print the URL of the database in use',
  examples: [
    ['psql "$(fastpy db:url)"', 'open the database, the embedded one too'],
    ['DATABASE_URL="$(fastpy db:url)" npm start', 'give it to your app'],
  ],
  exitCodes: [
    [5, 'the daemon cannot be reached'],
    [130, 'interrupted'],
  ],
  async run({ output, request, database }) {
    const result = await request('db.url', { database: database() });
    output.value(result, result.url);
    return 0;
  },
};
