import { readFileSync, renameSync, rmSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { waitUntil } from '../support/waitUntil.ts';
import { failureOf, isRunning, type LoadedProject, loadedProject, tableModel, textsOf } from './support.ts';

const counting = (folder: string, name: string): string =>
  tableModel(name, '', `import { appendFileSync } from 'node:fs';\nappendFileSync('${folder}', '${name} ');\n`);

/** Writes files and loads with their paths as the hint. */
async function save({ folder, loader }: LoadedProject, files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) folder.write(file, text);
  return loader.load({ changed: Object.keys(files).map((file) => folder.path(file)) });
}

test('only the part of a saved file is another object, and nothing else is evaluated', async () => {
  const project = loadedProject({});
  const log = project.folder.path('log');
  const before = await save(project, {
    'models/a.ts': counting(log, 'a'),
    'models/b.ts': counting(log, 'b'),
    'models/c.sql': 'CREATE TABLE c ();',
    'models/d.sql': 'CREATE TABLE d ();',
  });
  writeFileSync(log, '');
  const after = await save(project, {
    'models/a.ts': counting(log, 'a').replace('bigint', 'integer'),
    'models/c.sql': 'CREATE TABLE c (x int);',
  });
  const evaluated = readFileSync(log, 'utf8');
  project.close();
  assert.is(evaluated, 'a ');
  const changed = after.files.filter((file) => before.parts.get(file) !== after.parts.get(file));
  assert.equal(changed, ['models/a.ts', 'models/c.sql']);
});

test('the whole is the same object while no file means anything else', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a'), 'models/b.sql': 'CREATE TABLE b ();' });
  const before = await project.loader.load();
  const same = await save(project, { 'models/a.ts': `${tableModel('a')}\n// a remark`, 'models/b.sql': '-- a remark\n' });
  const mended = await save(project, { 'models/b.sql': 'CREATE TABLE b ();' });
  const again = await project.loader.load();
  project.close();
  assert.is.not(before, same);
  assert.is(before.parts.get('models/a.ts'), mended.parts.get('models/a.ts'));
  assert.is(mended, again);
});

test('what is not named as changed is not looked at, and a full look finds it', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a'), 'models/b.ts': tableModel('b') });
  const { folder, loader } = project;
  await loader.load();
  folder.write('models/a.ts', tableModel('a', 'x: column.text()'));
  const hinted = textsOf(await loader.load({ changed: [folder.path('models/b.ts')] }));
  const full = textsOf(await loader.load());
  project.close();
  assert.not.match(hinted.join(), '"x"');
  assert.match(full.join(), '"x"');
});

test('content decides: a touched file changes nothing, and an edit that keeps size and time is seen', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('one') });
  const { folder, loader } = project;
  const before = await loader.load();
  utimesSync(folder.path('models/a.ts'), new Date(), new Date());
  assert.is(await loader.load(), before);
  const { atime, mtime } = statSync(folder.path('models/a.ts'));
  folder.write('models/a.ts', tableModel('two'));
  utimesSync(folder.path('models/a.ts'), atime, mtime);
  const after = textsOf(await loader.load());
  project.close();
  assert.match(after.join(), '"two"');
});

test('a changed import that is no model itself is carried to everything that stands on it', async () => {
  const project = loadedProject({
    'lib/size.ts': 'export const size = 10;',
    'models/a.ts': tableModel('a', 'n: column.varchar(size)', "import { size } from '../lib/size.ts';\n"),
    'models/b.ts': tableModel('b', 'r: column.bigint().references(() => Other.id)', "import { T as Other } from './a.ts';\n"),
    'models/c.ts': tableModel('c'),
  });
  const before = await project.loader.load();
  assert.equal([...project.loader.imported], [project.folder.path('lib/size.ts')]);
  const after = await save(project, { 'lib/size.ts': 'export const size = 20;' });
  project.close();
  assert.match(textsOf(after).join(), 'varchar(20)');
  const changed = after.files.filter((file) => before.parts.get(file) !== after.parts.get(file));
  assert.equal(changed, ['models/a.ts'], 'b was evaluated again, and says the same');
});

test('files that import each other are collected again together', async () => {
  const user = (type: string) =>
    tableModel('users', `postId: column.${type}().references(() => Post.id)`, "import { T as Post } from './post.ts';\n");
  const post = (name: string) =>
    tableModel(name, 'userId: column.bigint().references(() => User.id)', "import { T as User } from './user.ts';\n");
  const project = loadedProject({ 'models/post.ts': post('posts'), 'models/user.ts': user('bigint') });
  await project.loader.load();
  const after = textsOf(await save(project, { 'models/post.ts': post('articles') }));
  project.close();
  assert.ok(after.some((text) => /user\.ts.*REFERENCES "public"."articles"/.test(text)));
});

test('what a failed load was told is not forgotten', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a'), 'models/b.ts': tableModel('b'), 'models/c.sql': 'CREATE TABLE c ();' });
  await project.loader.load();
  const error = await failureOf(save(project, { 'models/a.ts': tableModel('first'), 'models/b.ts': 'export const = ;' }));
  assert.match(error.message, 'models/b.ts');
  await failureOf(save(project, { 'models/c.sql': "CREATE TABLE 'c" }));
  await failureOf(project.loader.load({ changed: [] }));
  await failureOf(save(project, { 'models/c.sql': 'CREATE TABLE mended ();' }));
  const after = textsOf(await save(project, { 'models/b.ts': tableModel('second') })).join();
  project.close();
  for (const name of ['first', 'second', 'mended']) assert.match(after, name);
});

test('a file that is set back to what it was before it broke says what it said', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a'), 'models/b.ts': tableModel('b') });
  const before = await project.loader.load();
  await failureOf(save(project, { 'models/a.ts': tableModel('other'), 'models/b.ts': 'throw 1' }));
  const after = await save(project, { 'models/a.ts': tableModel('a'), 'models/b.ts': tableModel('b') });
  project.close();
  assert.equal(textsOf(after), textsOf(before));
  assert.is(after.parts.get('models/a.ts'), before.parts.get('models/a.ts'));
});

test('a module that only a failed load has read counts from then on', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a') });
  await project.loader.load();
  const importing = tableModel(
    'a',
    'b: column.bigint().references(() => B.id)',
    "import * as module from '../lib/b.ts';\nconst B = module.T;\n",
  );
  project.folder.write('lib/b.ts', 'export const nothing = 1;');
  await failureOf(save(project, { 'models/a.ts': importing }));
  const after = textsOf(await save(project, { 'lib/b.ts': tableModel('b') }));
  project.close();
  assert.match(after.join(), 'REFERENCES "public"."b"');
});

test('a file that vanishes is missed where it is imported, and is back when it is', async () => {
  const project = loadedProject({
    'models/a.ts': tableModel('a', 'b: column.bigint().references(() => B.id)', "import { T as B } from './b.ts';\n"),
    'models/b.ts': tableModel('b'),
  });
  const { folder, loader } = project;
  const before = await loader.load();
  renameSync(folder.path('models/b.ts'), folder.path('kept'));
  const error = await failureOf(loader.load({ changed: [folder.path('models/b.ts')] }));
  assert.match(error.message, /models\/a\.ts:2 .*b\.ts/);
  renameSync(folder.path('kept'), folder.path('models/b.ts'));
  const after = await loader.load({ changed: [folder.path('models/b.ts')] });
  project.close();
  assert.equal(textsOf(after), textsOf(before));
});

test('a new file counts if the patterns find it, wherever they lead', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a') }, { models: ['./models/**/*.ts', 'more/*.{ts,sql}'] });
  const { folder, loader } = project;
  await loader.load();
  const after = await save(project, {
    'models/deep/b.ts': tableModel('b'),
    'models/.hidden.ts': tableModel('hidden'),
    'models/types.d.ts': 'export type T = 1;',
    'models/node_modules/x/x.ts': tableModel('packaged'),
    'more/c.sql': 'CREATE TABLE c ();',
    'more/deep/d.sql': 'CREATE TABLE d ();',
    'beside.ts': tableModel('beside'),
  });
  assert.equal(after.files, ['models/a.ts', 'models/deep/b.ts', 'more/c.sql']);
  unlinkSync(folder.path('models/a.ts'));
  rmSync(folder.path('more'), { recursive: true });
  const fewer = await loader.load({ changed: [folder.path('models/a.ts'), folder.path('more/c.sql')] });
  project.close();
  assert.equal(fewer.files, ['models/deep/b.ts']);
  assert.is(fewer.parts.get('models/deep/b.ts'), after.parts.get('models/deep/b.ts'));
});

test('a link is followed, and seen when it leads elsewhere', async () => {
  const project = loadedProject({ 'lib/a.ts': tableModel('a'), 'lib/b.ts': tableModel('b'), 'models/z.ts': tableModel('z') });
  const { folder, loader } = project;
  const link = folder.path('models/link.ts');
  symlinkSync('../lib/a.ts', link);
  assert.match(textsOf(await loader.load()).join(), '"a"');
  const saved = await save(project, { 'lib/a.ts': tableModel('a', 'x: column.text()') });
  assert.match(textsOf(saved).join(), '"x" text');
  unlinkSync(link);
  symlinkSync('../lib/b.ts', link);
  const after = textsOf(await loader.load({ changed: [link] })).join();
  project.close();
  assert.match(after, '"b"');
  assert.not.match(after, '"a"');
});

test('an object that two files make is found whichever of them came last, and told until it is mended', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a'), 'models/b.ts': tableModel('b'), 'models/c.ts': tableModel('c') });
  await project.loader.load();
  const told = async (files: Readonly<Record<string, string>>) => (await failureOf(save(project, files))).message;
  const double = 'table public.c is declared twice: models/b.ts:2 and models/c.ts:2';
  assert.is(await told({ 'models/b.ts': tableModel('c') }), double);
  assert.is(await told({ 'models/a.ts': tableModel('other') }), double);
  assert.is(await told({ 'models/a.ts': tableModel('c') }), 'table public.c is declared twice: models/a.ts:2 and models/b.ts:2');
  await told({ 'models/a.ts': tableModel('a') });
  const moved = await save(project, { 'models/b.ts': tableModel('c'), 'models/c.ts': tableModel('b') });
  project.close();
  assert.equal(
    [...moved.parts.values()].map(({ statements }) => statements.length),
    [1, 1, 1],
  );
});

test('a declaration belongs to the file that makes it, and what is made outside of the patterns to the file that exports it', async () => {
  const project = loadedProject({
    'lib/outside.ts': tableModel('outside'),
    'models/a.ts': "export * from './b.ts';\nexport { T as Outside } from '../lib/outside.ts';",
    'models/b.ts': tableModel('b').replace('const T', 'const B'),
    'models/c.ts': "export * from '../lib/outside.ts';",
  });
  const owners = async (changed: readonly string[]) => {
    const { parts } = await project.loader.load({ changed });
    return [...parts.values()].map(({ file, statements }) => `${file} ${statements.map(({ sql }) => /"(\w+)" \(/.exec(sql)?.[1])}`);
  };
  assert.equal(await owners([]), ['models/a.ts outside', 'models/b.ts b', 'models/c.ts ']);
  project.folder.write('models/a.ts', "export * from './b.ts';");
  assert.equal(await owners([project.folder.path('models/a.ts')]), ['models/a.ts ', 'models/b.ts b', 'models/c.ts outside']);
  project.close();
});

test('a child that ended between two loads is replaced, and parts stay what they are', async () => {
  const project = loadedProject({ 'models/a.ts': tableModel('a') });
  const before = await save(project, {
    'models/b.ts': `import { writeFileSync } from 'node:fs';\nwriteFileSync('pid', String(process.pid));`,
  });
  const pid = Number(readFileSync(project.folder.path('pid'), 'utf8'));
  process.kill(pid, 'SIGKILL');
  await waitUntil('the child is gone', () => !isRunning(pid));
  const after = await save(project, { 'models/b.ts': tableModel('b') });
  project.close();
  assert.is(after.parts.get('models/a.ts'), before.parts.get('models/a.ts'));
  assert.match(textsOf(after).join(), '"b"');
});

test.run();
