import { rmSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SQL_STAGE, STAGES } from '../../src/model/declaration.ts';
import { statementsOf } from '../../src/model/modelSet.ts';
import { runChild } from '../support/child.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { failureOf, isRunning, loadedProject } from './support.ts';

const USER = `import { column, table } from 'fastpyd/model';
import { Post } from './post.ts';
export const User = table('users', { id: column.bigint().primaryKey(), bestPost: column.bigint().references(() => Post.id) });
`;
const POST = `import { column, table } from 'fastpyd/model';
import { User } from './user.ts';
export const Post = table('posts', {
  id: column.bigint().primaryKey(),
  authorId: column.bigint().references(() => User.id),
});
`;

test('TypeScript and SQL are loaded together, each statement with its place', async () => {
  const { loader, close } = loadedProject({
    'models/user.ts': USER,
    'models/post.ts': POST,
    'models/sub/extra.sql': '\nCREATE TABLE extra ();',
  });
  const models = await loader.load();
  close();
  assert.equal(models.files, ['models/post.ts', 'models/sub/extra.sql', 'models/user.ts']);
  assert.equal(
    models.statements.map(({ file, line, sql }) => `${file}:${line} ${sql.split(/\s/).slice(0, 3).join(' ')}`),
    [
      'models/post.ts:3 CREATE TABLE "public"."posts"',
      'models/user.ts:3 CREATE TABLE "public"."users"',
      'models/post.ts:5 ALTER TABLE "public"."posts"',
      'models/user.ts:3 ALTER TABLE "public"."users"',
      'models/sub/extra.sql:2 CREATE TABLE extra',
    ],
  );
});

test('a change is seen at the next load, in the files that import it too', async () => {
  const { folder, loader, close } = loadedProject({
    'models/names.ts': "export const name = 'first';",
    'models/thing.ts': "import { table } from 'fastpyd/model'; import { name } from './names.ts'; export const Thing = table(name, {});",
    'models/other.ts': "import { table } from 'fastpyd/model'; export const Other = table(String(Math.random()), {});",
  });
  const texts = async () => (await loader.load()).statements.map(({ sql }) => sql);
  const before = await texts();
  folder.write('models/names.ts', "export const name = 'second';");
  const after = await texts();
  close();
  assert.is(before[0], after[0], 'a file that did not change is not imported again');
  assert.match(before[1] ?? '', '"first"');
  assert.match(after[1] ?? '', '"second"');
});

test('a file that still means the same keeps its part, though it was imported anew', async () => {
  const { folder, loader, close } = loadedProject({ 'models/user.ts': USER, 'models/post.ts': POST, 'models/z.sql': 'CREATE TABLE z ()' });
  const before = await loader.load();
  folder.write('models/post.ts', `${POST}// a remark`);
  const same = await loader.load();
  folder.write('models/post.ts', POST.replace("'posts'", "'articles'"));
  const after = await loader.load();
  close();
  assert.ok(before.files.every((file) => before.parts.get(file) === same.parts.get(file)));
  assert.ok(after.parts.get('models/z.sql') === before.parts.get('models/z.sql'));
  assert.match(after.parts.get('models/user.ts')?.statements[1]?.sql ?? '', '"articles"');
});

test('statements stand in order of their stages, those of SQL files last', async () => {
  const { loader, close } = loadedProject({ 'models/a.sql': 'CREATE TABLE a ()', 'models/user.ts': USER, 'models/post.ts': POST });
  const { statements, parts } = await loader.load();
  close();
  assert.equal(
    statements.map(({ file, stage }) => `${file} ${stage}`),
    [
      `models/post.ts ${STAGES.table}`,
      `models/user.ts ${STAGES.table}`,
      `models/post.ts ${STAGES.foreignKey}`,
      `models/user.ts ${STAGES.foreignKey}`,
      `models/a.sql ${SQL_STAGE}`,
    ],
  );
  assert.equal(
    statementsOf([...parts.values()].slice(1)),
    statements.filter(({ file }) => file !== 'models/a.sql'),
  );
});

test('a removed file is gone, and patterns that match nothing are no error', async () => {
  const { folder, loader, close } = loadedProject({ 'models/a.ts': POST.replace(/import \{ User.*\n| {2}authorId.*\n/g, '') });
  assert.is((await loader.load()).statements.length, 1);
  rmSync(folder.path('models/a.ts'));
  const { files, parts, statements } = await loader.load();
  close();
  assert.equal([files, parts.size, statements], [[], 0, []]);
});

test('renames and verbatim names come through', async () => {
  const text = `import { column, table } from 'fastpyd/model';
export const Post = table('posts', {
  headLine: column.text().renamedFrom('title'),
}).renamedFrom('articles');`;
  const { loader, close } = loadedProject({ 'models/a.ts': text }, { naming: 'verbatim' });
  const { renames, statements } = await loader.load();
  close();
  assert.match(statements[0]?.sql ?? '', '"headLine" text');
  assert.equal(renames, [
    { to: 'public.posts', from: 'articles', file: 'models/a.ts', line: 2 },
    { to: 'public.posts.headLine', from: 'title', file: 'models/a.ts', line: 3 },
  ]);
});

const broken: readonly (readonly [string, string, RegExp])[] = [
  ['a type that is missing', 'const x: = 3;', /models\/bad\.ts:2 .*Unexpected token/],
  ['a throw', "throw new Error('boom');", /models\/bad\.ts:2 .*boom/],
  ['a mistake', '(null as any).x;', /models\/bad\.ts:2 .*Cannot read properties/],
  ['a missing file', "import './nowhere.ts';", /models\/bad\.ts:2 .*nowhere\.ts/],
  ['a missing package', "import 'no-such-package';", /models\/bad\.ts:2 .*no-such-package/],
  ['a missing name', "import { nothing } from './good.ts';", /models\/bad\.ts:2 .*nothing/],
  ['an end of the process', 'process.exit(0);', /models\/bad\.ts .*ended the process \(exit code 0\)/],
  ['a crash', 'process.abort();', /models\/bad\.ts .*crashed/],
  ['an endless loop', 'for (;;);', /models\/bad\.ts .*did not finish within 3 s/],
  ['an endless wait', 'await new Promise(() => {});', /models\/bad\.ts .*did not finish within 3 s/],
];

for (const [name, line, message] of broken) {
  test(`${name} in a model is reported with its file, and the next load works`, async () => {
    const good = "import { table } from 'fastpyd/model';\nexport const Good = table('good', {});";
    const { folder, loader, close } = loadedProject(
      {
        'models/good.ts': good,
        'models/bad.ts': `export {};\n${line}`,
        'models/zoo.ts': good.replace("'good'", "'zoo'"),
      },
      {},
      name.startsWith('an endless') ? 3_000 : 10_000,
    );
    const error = await failureOf(loader.load());
    assert.is(error.code, 'MODEL_LOAD_FAILED');
    assert.match(error.message, message);
    folder.write('models/bad.ts', '');
    assert.is((await loader.load()).statements.length, 2);
    close();
  });
}

test('a table that is declared twice is reported with both places, and a re-exported one is not', async () => {
  const one = "import { table } from 'fastpyd/model';\nexport const A = table('posts', {});";
  const { folder, loader, close } = loadedProject({ 'models/a.ts': one, 'models/b.ts': "export * from './a.ts';" });
  assert.is((await loader.load()).statements.length, 1);
  folder.write('models/b.ts', `\n${one}`);
  const error = await failureOf(loader.load());
  close();
  assert.is(error.code, 'MODEL_DUPLICATE');
  assert.is(error.message, 'table public.posts is declared twice: models/a.ts:2 and models/b.ts:3');
});

test('a model sees no database URL, and what it prints stays away', async () => {
  process.env.DATABASE_URL = 'postgres://secret@localhost/x';
  process.env.PGPASSWORD = 'secret';
  const text = `import { table } from 'fastpyd/model';
console.log('noise');
export const A = table('seen_' + JSON.stringify([process.env.DATABASE_URL, process.env.PGPASSWORD, process.cwd()]), {});`;
  const { folder, loader, close } = loadedProject({ 'models/a.ts': text });
  const [statement] = (await loader.load()).statements;
  close();
  delete process.env.DATABASE_URL;
  delete process.env.PGPASSWORD;
  assert.match(statement?.sql ?? '', `seen_[null,null,""${folder.root}""]`);
});

test('the child ends with its parent, even inside an endless loop', async () => {
  const { folder, close } = loadedProject({
    'models/a.ts': "import { writeFileSync } from 'node:fs';\nwriteFileSync('pid', String(process.pid));\nfor (;;);",
  });
  const config = { models: ['models/*.ts'], naming: 'snake_case' };
  const parent = runChild(`
    const { ModelLoader } = await import(src + 'load/modelLoader.ts');
    const { existsSync, readFileSync } = await import('node:fs');
    new ModelLoader(${JSON.stringify({ root: folder.root, config })}).load();
    while (!existsSync(${JSON.stringify(folder.path('pid'))})) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    tell(Number(readFileSync(${JSON.stringify(folder.path('pid'))}, 'utf8')));
    setInterval(() => undefined, 1000);`);
  const pid = await parent.next<number>();
  await parent.kill('SIGKILL');
  await waitUntil('the child is gone', () => !isRunning(pid));
  close();
});

test.run();
