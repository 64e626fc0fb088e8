/** Models from a database that nobody described yet, and the history that starts there, on both servers. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDatabase, withServer } from '../support/servers.ts';
import { type CliProject, cliProject, withCliProject } from './cliProject.ts';

const RICH = readFileSync(new URL('pull.sql', import.meta.url), 'utf8');
const HISTORY = { exit: 7, code: 'HISTORY_CONFLICT' };

const files = (project: CliProject): readonly string[] => globSync('models/**/*.*', { cwd: project.root }).sort();
const textOf = (project: CliProject, file: string): string => readFileSync(project.path(file), 'utf8');

/** Pulls, and finds that the models say what the database has, before and after the history starts there. */
async function assertPulled(project: CliProject, ...options: readonly string[]): Promise<void> {
  const { stdout, stderr } = await project.succeed('db:pull', ...options);
  assert.match(stdout, /^Wrote models\//);
  assert.is(stderr, '');
  assert.match((await project.succeed('db:diff')).stdout, 'nothing to change');
  assert.match((await project.succeed('db:baseline')).stdout, 'marked applied');
  await project.succeed('db:status', '--check');
  assert.match((await project.succeed('db:diff')).stdout, 'nothing to change');
}

for (const major of [18, 15] as const) {
  const server = (await withServer(major)) ?? undefined;
  const testOn = server === undefined ? test.skip : test;
  for (const format of ['ts', 'sql']) {
    testOn(`a rich schema is pulled from PostgreSQL ${major} as ${format}, and nothing is left to change`, async () =>
      withCliProject(
        { database: await createDatabase(server), files: { 'fastpyd.config.json': '{ "schemas": ["public", "billing", "Odd Schema"] }' } },
        async (project) => {
          await project.query(RICH);
          await assertPulled(project, '--format', format);
          const written = files(project);
          assert.is(
            new Set(written.map((file) => file.toLowerCase())).size,
            written.length,
            'no two names are one where case does not count',
          );
          for (const file of written) assert.match(file, /^models\/[\w/-]+\.(?:ts|sql)$/);
          assert.ok(written.some((file) => file.startsWith('models/billing/functions/')));
          if (format === 'sql') assert.ok(written.every((file) => file.endsWith('.sql')));
        },
      ),
    );
  }
}

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const inherit = async (sql: string, models: Readonly<Record<string, string>> = {}): Promise<void> => {
  await project.reset(models);
  await project.query(sql);
};

test('db:pull refuses to write beside models and over files, names them, and --force overwrites', async () => {
  await inherit('CREATE TABLE users (id int PRIMARY KEY)', { 'schema.sql': 'CREATE TABLE other (id int);' });
  const beside = await project.refused({ exit: 3, code: 'MODELS_EXIST' }, 'db:pull', '--format', 'sql');
  assert.match(beside.stderr, 'models/schema.sql');
  assert.equal(files(project), ['models/schema.sql']);
  project.write('models/users.sql', '-- mine');
  assert.match(
    (await project.refused({ exit: 3, code: 'MODELS_EXIST' }, 'db:pull', '--format', 'sql')).stderr,
    'overwritten: models/users.sql',
  );
  assert.is(textOf(project, 'models/users.sql'), '-- mine');
  const forced = await project.succeed('db:pull', '--format', 'sql', '--force');
  assert.match(forced.stdout, 'Wrote models/users.sql (over the one that was there)');
  assert.match(forced.stderr, 'models/schema.sql');
  assert.match(textOf(project, 'models/users.sql'), 'CREATE TABLE "public"."users"');
});

test('a dry run lists the files and writes none, --out writes elsewhere, and a folder outside the project is refused', async () => {
  await inherit('CREATE TABLE users (id int PRIMARY KEY)');
  const { files: listed, dryRun } = JSON.parse((await project.succeed('db:pull', '--format', 'sql', '--dry-run', '--json')).stdout);
  assert.equal([listed, dryRun], [[{ file: 'models/users.sql', objects: 1, overwrites: false }], true]);
  assert.not.ok(existsSync(project.path('models')));
  const { stderr } = await project.succeed('db:pull', '--format', 'sql', '--out', 'pulled');
  assert.ok(existsSync(project.path('pulled/users.sql')));
  assert.match(stderr, 'not found by the model patterns');
  for (const wrong of [
    ['--out', '../elsewhere'],
    ['--format', 'yaml'],
  ])
    await project.refused({ exit: 64, code: 'USAGE' }, 'db:pull', ...wrong);
});

test('an empty database has nothing to pull and nothing to adopt', async () => {
  await inherit('SELECT 1');
  assert.match((await project.succeed('db:pull')).stdout, 'Nothing to pull');
  assert.match((await project.succeed('db:baseline')).stdout, 'Nothing to do');
  assert.equal(project.migrations(), []);
});

test('db:baseline starts the history without any model, and only once', async () => {
  await inherit(`CREATE TABLE users (id int PRIMARY KEY); INSERT INTO users VALUES (1)`);
  assert.match((await project.succeed('db:baseline', '--dry-run')).stdout, 'CREATE TABLE "public"."users"');
  assert.equal(project.migrations(), []);
  const { baseline } = JSON.parse((await project.succeed('db:baseline', 'The schema of 2019', '--json')).stdout);
  assert.match(baseline.file, /migrations\/\d{14}_the_schema_of_2019\.ts/);
  assert.match((await project.succeed('db:history')).stdout, 'baseline');
  assert.equal(await project.query('SELECT id FROM users'), [{ id: 1 }]);
  await project.refused(HISTORY, 'db:baseline');
  assert.is(project.migrations().length, 1);
});

test('a function whose body no longer holds is pulled all the same, with a word on why', async () => {
  await inherit(
    `CREATE TABLE gone (id int); CREATE FUNCTION count_gone() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM gone'; DROP TABLE gone`,
  );
  await project.succeed('db:pull');
  assert.match(textOf(project, 'models/functions/count_gone.sql'), 'relation "gone" does not exist');
  assert.match((await project.succeed('db:diff')).stdout, 'nothing to change');
  await project.query('DROP FUNCTION count_gone()');
});

test.run();
