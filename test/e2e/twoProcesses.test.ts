import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assertExit, type CliProject, cliProject, type Ran } from './cliProject.ts';

const MIGRATIONS = ['20260101000000_first', '20260101000001_second', '20260101000002_third'];

// In the shadow, which has no ledger, nobody waits.
const PAUSE = `SELECT pg_sleep(0.5) WHERE to_regclass('fastpyd.migrations') IS NOT NULL`;

const file = (number: number): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: ${number === 0 ? null : `'${MIGRATIONS[number - 1]}'`}, up: [
  sql\`CREATE TABLE runs${number} (id int)\`, sql\`${PAUSE}\`, sql\`INSERT INTO runs${number} VALUES (1)\`,
], down: [sql\`DROP TABLE runs${number}\`] });
`;

let project: CliProject;
test.before(async () => {
  project = await cliProject({ files: Object.fromEntries(MIGRATIONS.map((id, number) => [`migrations/${id}.ts`, file(number)])) });
  await project.succeed('db:status');
});
test.after(() => project.end());

interface Outcome {
  readonly applied: readonly { readonly id: string }[];
  readonly appliedElsewhere: readonly { readonly id: string }[];
}

const outcomeOf = (ran: Ran): Outcome => JSON.parse(assertExit(ran, 0, ['db:migrate']).stdout);
const idsIn = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

test('of two processes and a daemon that migrate one database at once each migration is applied by one, and all succeed', async () => {
  const ways = [['--no-daemon'], ['--no-daemon'], []];
  const runs = await Promise.all(ways.map((way) => project.fastpy('db:migrate', '--json', ...way)));
  const outcomes = runs.map(outcomeOf);
  assert.equal(outcomes.flatMap(({ applied }) => idsIn(applied)).sort(), MIGRATIONS, 'each once');
  for (const { applied, appliedElsewhere } of outcomes)
    for (const id of idsIn(appliedElsewhere)) assert.not.ok(idsIn(applied).includes(id), 'done here or elsewhere');
  for (const number of MIGRATIONS.keys())
    assert.equal(await project.query(`SELECT count(*)::int AS rows FROM runs${number}`), [{ rows: 1 }]);
});

test('two processes that roll back at once take back one migration each, or the same one once', async () => {
  const runs = await Promise.all([project.fastpy('db:rollback', '--json', '--no-daemon'), project.fastpy('db:rollback', '--json')]);
  const rolledBack = runs.flatMap((ran) => idsIn(JSON.parse(assertExit(ran, 0, ['db:rollback']).stdout).rolledBack));
  assert.is(new Set(rolledBack).size, rolledBack.length);
  const left = await project.query<{ id: string }>('SELECT id FROM fastpyd.migrations ORDER BY position');
  assert.equal(idsIn(left), MIGRATIONS.slice(0, MIGRATIONS.length - rolledBack.length));
});

test('commands given to one daemon at once are done one after the other', async () => {
  await project.succeed('db:fresh');
  const tables = ['runs0', 'runs1', 'runs2', 'tags'];
  project.write('models/tags.sql', tables.map((table) => `CREATE TABLE ${table} (id int);`).join('\n'));
  const made = await Promise.all([project.fastpy('db:migrate', '-m', 'Add tags'), project.fastpy('db:migrate', '-m', 'Add tags')]);
  for (const ran of made) assertExit(ran, 0, ['db:migrate']);
  assert.is(project.migrations().length, MIGRATIONS.length + 1);
  await project.succeed('db:status', '--check');
});

test.run();
