import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from '../e2e/cliProject.ts';
import { createDatabase } from '../support/servers.ts';
import { faultRow } from './faultRow.ts';
import { idOf } from './histories.ts';
import { killedCommand } from './killedCommand.ts';

/** More than are dropped in one transaction. */
const TABLES = 120;

const names = Array.from({ length: TABLES }, (_, number) => `t${number}`);

const FILES = {
  'models/tables.sql': names.map((name) => `CREATE TABLE ${name} (id int);`).join('\n'),
  [`migrations/${idOf(0)}.ts`]: `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: null, up: [${names.map((name) => `sql\`CREATE TABLE ${name} (id int)\``).join(', ')}],
  down: [${names.map((name) => `sql\`DROP TABLE ${name}\``).join(', ')}] });\n`,
};

/** Whole, or marked, or empty: never half of it that reports well. */
async function assertHonest(project: CliProject): Promise<void> {
  const { code, stdout, stderr } = await project.fastpy('db:status', '--check', '--no-daemon', '--json');
  const [{ count } = { count: -1 }] = await project.query<{ count: number }>(
    `select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace`,
  );
  if (code === 7) assert.match(stderr, /db:fresh was broken off/);
  else if (code === 0) assert.is(count, TABLES);
  else assert.equal([code, (JSON.parse(stdout) as { drift: readonly unknown[] }).drift, count], [2, [], 0], stderr);
}

faultRow('R-37', { base: 1, servers: [18] }, async (server) => {
  const project = await cliProject({ files: FILES, database: await createDatabase(server) });
  await project.succeed('db:migrate', '--no-daemon');
  const requests = await killedCommand(project, ['db:fresh', '--force'], Number.MAX_SAFE_INTEGER);
  return {
    run: async ({ random }) => {
      // The first half of its requests are questions.
      await killedCommand(project, ['db:fresh', '--force'], Math.ceil(requests * (0.05 + 0.9 * random())));
      await assertHonest(project);
      await project.succeed('db:fresh', '--no-daemon', '--force');
      await project.succeed('db:status', '--check', '--no-daemon');
    },
    end: () => project.end(),
  };
});

test.run();
