import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from '../e2e/cliProject.ts';
import { createDatabase } from '../support/servers.ts';
import { faultRow, type Random } from './faultRow.ts';
import { killedCommand } from './killedCommand.ts';

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, born text);';
const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users, score numeric(6, 3));';
const ROWS = `INSERT INTO users SELECT i, 'name ' || i, nullif(i % 3, 0)::text FROM generate_series(1, 500) i; INSERT INTO posts SELECT i, i, i / 7.0 FROM generate_series(1, 500) i`;

/** What takes rows or values away, by turns. */
const LOSSES = {
  'a required column': `${USERS.replace(' name text NOT NULL,', '')} ${POSTS}`,
  'a column': `${USERS.replace(', born text', '')} ${POSTS}`,
  'a table': USERS,
  'tables that refer to each other': 'CREATE TABLE other (id int);',
  'the ends of values': `${USERS} ${POSTS.replace('(6, 3)', '(6, 1)')}`,
} as const;

const rowsOf = (project: CliProject) =>
  project.query<{ rows: string }>(
    `SELECT (SELECT jsonb_agg(to_jsonb(u) ORDER BY id) FROM users u)::text || (SELECT jsonb_agg(to_jsonb(p) ORDER BY id) FROM posts p)::text AS rows`,
  );

/** Either command may be killed anywhere; run again, it ends what it was at, and the rollback brings everything back. */
async function keptAndBack(project: CliProject, after: string, random: Random): Promise<void> {
  await project.reset({ 'schema.sql': `${USERS} ${POSTS}` });
  await project.query('DROP SCHEMA IF EXISTS fastpyd_kept CASCADE');
  await project.succeed('db:migrate', '-m', 'first', '--no-daemon');
  await project.query(ROWS);
  const before = await rowsOf(project);
  project.write('models/schema.sql', after);
  await project.succeed('db:make', 'second', '--force', '--no-daemon');
  await killedCommand(project, ['db:migrate', '--keep'], between(40, 85, random));
  await project.succeed('db:migrate', '--keep', '--no-daemon');
  await project.succeed('db:status', '--check', '--no-daemon');
  await killedCommand(project, ['db:rollback', '--force'], between(20, 60, random));
  if ((await project.query('SELECT FROM fastpyd.migrations')).length > 1) await project.succeed('db:rollback', '--force', '--no-daemon');
  assert.equal(await rowsOf(project), before);
}

/** Of the 60 to 100 requests of a command, the first ones are questions. */
const between = (least: number, most: number, random: Random): number => least + Math.floor(random() * (most - least));

faultRow('R-34', { base: 5, servers: [18] }, async (server) => {
  const project = await cliProject({ database: await createDatabase(server) });
  const losses = Object.entries(LOSSES);
  return {
    run: async ({ number, random }) => {
      const [what, after] = losses[number % losses.length] ?? ['', ''];
      await keptAndBack(project, after, random).catch((error: unknown) => {
        throw new Error(`${what}: ${error instanceof Error ? error.stack : String(error)}`, { cause: error });
      });
    },
    end: () => project.end(),
  };
});

test.run();
