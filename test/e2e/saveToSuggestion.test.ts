import { rmSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { connect, type FastpyClient, type Notifications } from '../../client/index.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const model = (columns: string): string => `import { column, table } from 'fastpyd/model';
export const Post = table('posts', { id: column.bigint().identity().primaryKey(), ${columns} });
`;

let project: CliProject;
let client: FastpyClient;
const changed: Notifications['suggestion.changed'][] = [];
const failed: Notifications['model.failed'][] = [];

test.before(async () => {
  project = await cliProject({ files: { 'models/post.ts': model('title: column.text()') } });
  await project.succeed('db:migrate', '-m', 'Create posts');
  client = await connect({ project: project.root });
  client.on('suggestion.changed', (params) => changed.push(params));
  client.on('model.failed', (params) => failed.push(params));
  assert.is((await get()).suggestion, null);
});
test.before.each(() => {
  changed.length = 0;
  failed.length = 0;
});
test.after(async () => {
  await client.close();
  await project.end();
});

const get = () => client.request('suggestion.get', { database: project.url });
const told = (list: readonly unknown[]) => waitUntil('the daemon has told it', () => list.length > 0, 20_000);

test('a saved model brings a suggestion whose both ways were proven', async () => {
  project.write('models/post.ts', model('title: column.text(), slug: column.varchar(80).nullable()'));
  await told(changed);
  const suggestion = changed[0]?.suggestion;
  assert.is(changed[0]?.database, project.url);
  assert.equal(suggestion?.up, ['ALTER TABLE "public"."posts" ADD COLUMN "slug" character varying(80)']);
  assert.equal(suggestion?.down, ['ALTER TABLE "public"."posts" DROP COLUMN "slug"']);
  assert.is(suggestion?.message, 'add slug to posts');
  assert.match(suggestion?.provedOn ?? '', /^PostgreSQL 18/);
  assert.equal(suggestion, (await get()).suggestion);
});

test('a model that breaks is told with its place, and the daemon lives on with its last good suggestion', async () => {
  const pid = project.daemonPid();
  project.write('models/post.ts', 'export const Post = tabel();\n');
  await told(failed);
  assert.is(failed[0]?.file, 'models/post.ts');
  assert.is(failed[0]?.line, 1);
  assert.match(failed[0]?.message ?? '', 'tabel');
  assert.equal(changed, [], 'the last good suggestion stays');
  assert.is(project.daemonPid(), pid);
});

test('a repaired model brings suggestions again', async () => {
  project.write('models/post.ts', model('title: column.text(), body: column.text().nullable()'));
  await told(changed);
  assert.equal(changed[0]?.suggestion?.up, ['ALTER TABLE "public"."posts" ADD COLUMN "body" text']);
});

test('a module from elsewhere that breaks the first model which imports it is put right there', async () => {
  const lengthOf = (text: string): void => project.write('lib/length.ts', `export const length = ${text};\n`);
  lengthOf('unknown');
  project.write(
    'models/post.ts',
    `import { length } from '../lib/length.ts';\n${model('title: column.text(), code: column.varchar(length).nullable()')}`,
  );
  await told(failed);
  assert.is(failed[0]?.file, 'lib/length.ts');
  lengthOf('7');
  await told(changed);
  assert.equal(changed[0]?.suggestion?.up, ['ALTER TABLE "public"."posts" ADD COLUMN "code" character varying(7)']);
});

test('a model that goes back to what history made takes the suggestion away', async () => {
  project.write('models/post.ts', model('title: column.text()'));
  await told(changed);
  assert.is(changed[0]?.suggestion, null);
});

test('a new file, a new folder and a file that goes each count as a change', async () => {
  project.write('models/deep/er/tag.sql', 'CREATE TABLE tags (id int);');
  await told(changed);
  assert.match(changed[0]?.suggestion?.up[0] ?? '', 'tags');
  changed.length = 0;
  rmSync(project.path('models/deep'), { recursive: true });
  await told(changed);
  assert.is(changed[0]?.suggestion, null);
});

test('a suggestion that is accepted becomes a file, and none is left', async () => {
  project.write('models/post.ts', model('title: column.text(), body: column.text().nullable()'));
  await told(changed);
  changed.length = 0;
  const { migration } = await client.request('suggestion.accept', { database: project.url });
  assert.match(migration?.file ?? '', /^migrations\/\d{14}_add_body_to_posts\.ts$/);
  await told(changed);
  assert.is(changed[0]?.suggestion, null);
});

test('twenty saves in a row end in one suggestion for the last', async () => {
  for (let save = 0; save < 20; save++)
    project.write('models/post.ts', model(`title: column.text(), n${save}: column.integer().nullable()`));
  await waitUntil('the last save is told', () => changed.at(-1)?.suggestion?.up.join().includes('"n19"') === true, 20_000);
  assert.ok(changed.length < 10, `${changed.length} suggestions`);
});

test('a burst of a hundred files, as a formatter or a branch switch makes it, is one suggestion', async () => {
  project.write('models/post.ts', model('title: column.text(), body: column.text().nullable()'));
  await waitUntil('nothing is suggested', () => changed.at(-1)?.suggestion === null, 20_000);
  changed.length = 0;
  const tables = Array.from({ length: 100 }, (_, index) => `t${index}`);
  for (const table of tables) project.write(`models/many/${table}.sql`, `CREATE TABLE ${table} (id int);`);
  await waitUntil('all are told', () => changed.at(-1)?.suggestion?.changes.length === 100, 30_000);
  assert.is(changed.length, 1);
  changed.length = 0;
  for (const table of tables) project.write(`models/many/${table}.sql`, `CREATE TABLE ${table} (\n  id int\n);`);
  project.write('models/many/t0.sql', 'CREATE TABLE t0 (id int, more text);');
  await told(changed);
  assert.is(changed.length, 1, 'what only looks different is not told');
  assert.is(changed[0]?.suggestion?.up.filter((sql) => sql.includes('"more"')).length, 1);
  rmSync(project.path('models/many'), { recursive: true });
  await waitUntil('all are gone', () => changed.at(-1)?.suggestion === null, 30_000);
});

test.run();
