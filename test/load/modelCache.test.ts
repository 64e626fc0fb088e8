import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Project } from '../../src/config/project.ts';
import { ModelLoader } from '../../src/load/modelLoader.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { runChild } from '../support/child.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { isRunning, type LoadedProject, loadedProject, tableModel, textsOf } from './support.ts';

const MODELS = {
  '.fastpy/.gitignore': '*',
  'lib/size.ts': 'export const size = 10;',
  'models/a.ts': tableModel('a', 'n: column.varchar(size)', "import { size } from '../lib/size.ts';\n"),
  'models/b.sql': 'CREATE TABLE b ();\nINSERT INTO b DEFAULT VALUES;',
};

const cacheOf = ({ folder }: LoadedProject): string => folder.path('.fastpy', 'cache', 'models.json');

interface KeptProject extends LoadedProject {
  readonly models: ModelSet;
  readonly cache: string;
}

/** A project whose models an earlier loader has read and kept. */
async function kept(files: Readonly<Record<string, string>> = {}): Promise<KeptProject> {
  const project = loadedProject({ ...MODELS, ...files });
  const models = await project.loader.load();
  project.loader.close();
  return { ...project, models, cache: cacheOf(project) };
}

/** What a loader of its own says, and whether it imported anything for that. */
async function loadAfresh(project: Project) {
  const loader = new ModelLoader(project);
  const models = await loader.load();
  const hasImported = loader.isReady;
  loader.close();
  return { models, hasImported };
}

test('a loader whose models an earlier one has read imports nothing, and says the same', async () => {
  const { project, models, cache, close } = await kept();
  const again = await loadAfresh(project);
  assert.is(statSync(cache).mode & 0o777, 0o600);
  close();
  assert.not(again.hasImported);
  assert.equal([...again.models.parts], [...models.parts]);
  assert.equal(again.models.warnings, models.warnings);
});

test('from there on changes are seen, and parts that did not change stay', async () => {
  const { project, folder, close } = await kept();
  const loader = new ModelLoader(project);
  const before = await loader.load();
  folder.write('lib/size.ts', 'export const size = 20;');
  const after = await loader.load({ changed: [folder.path('lib/size.ts')] });
  loader.close();
  close();
  assert.match(textsOf(after).join(), 'varchar(20)');
  assert.is(after.parts.get('models/b.sql'), before.parts.get('models/b.sql'));
});

const changes: readonly (readonly [string, (kept: KeptProject) => Project | undefined])[] = [
  ['a model changed', ({ folder }) => void folder.write('models/a.ts', tableModel('a'))],
  ['a SQL model changed', ({ folder }) => void folder.write('models/b.sql', 'CREATE TABLE c ()')],
  ['a module that a model imports changed', ({ folder }) => void folder.write('lib/size.ts', 'export const size = 1;')],
  ['a model came', ({ folder }) => void folder.write('models/c.ts', tableModel('c'))],
  ['a model went', ({ folder }) => void rmSync(folder.path('models/b.sql'))],
  ['the naming changed', ({ project }) => ({ ...project, config: { ...project.config, naming: 'verbatim' } })],
];

for (const [name, change] of changes) {
  test(`what was kept is not used when ${name}`, async () => {
    const before = await kept();
    const project = change(before) ?? before.project;
    const again = await loadAfresh(project);
    rmSync(before.cache);
    const fresh = await loadAfresh(project);
    before.close();
    assert.ok(again.hasImported);
    assert.equal([...again.models.parts], [...fresh.models.parts]);
  });
}

const damages: readonly (readonly [string, (text: string) => string])[] = [
  ['cut off', (text) => text.slice(0, text.length / 2)],
  ['edited', (text) => text.replace('CREATE TABLE', 'CREATE TABLe')],
  ['of another shape', () => '{"models":[]}'],
  ['empty', () => ''],
];

for (const [name, damage] of damages) {
  test(`a cache that is ${name} is as good as none, and is replaced`, async () => {
    const { project, cache, close } = await kept();
    const text = readFileSync(cache, 'utf8');
    writeFileSync(cache, damage(text));
    const again = await loadAfresh(project);
    assert.ok(again.hasImported);
    assert.is(readFileSync(cache, 'utf8'), text);
    close();
  });
}

for (const [what, text] of [
  ['files', "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('fastpyd.config.json', 'utf8');"],
  ['packages', "import 'some-package';"],
]) {
  test(`models that see ${what} beside the project's modules are not kept`, async () => {
    const { cache, close } = await kept({
      'node_modules/some-package/index.js': '',
      'lib/seeing.ts': text ?? '',
      'models/c.ts': "import '../lib/seeing.ts';",
    });
    assert.not(existsSync(cache));
    close();
  });
}

test('a load that failed leaves what was kept before', async () => {
  const { project, folder, cache, close } = await kept();
  const text = readFileSync(cache, 'utf8');
  const loader = new ModelLoader(project);
  await loader.load();
  folder.write('models/a.ts', 'export const = 1;');
  await loader.load().catch(() => undefined);
  loader.close();
  assert.is(readFileSync(cache, 'utf8'), text);
  close();
});

test('a project without .fastpy/, or one that cannot be written, is loaded all the same', async () => {
  const { project, folder, cache, close } = await kept();
  rmSync(folder.path('.fastpy'), { recursive: true });
  assert.ok((await loadAfresh(project)).hasImported);
  assert.not(existsSync(folder.path('.fastpy')));
  mkdirSync(folder.path('.fastpy'));
  writeFileSync(folder.path('.fastpy', 'cache'), '');
  assert.ok((await loadAfresh(project)).hasImported);
  assert.not(existsSync(cache));
  close();
});

test('a primed loader has a child that knows everything, also where nothing had to be imported', async () => {
  const { project, folder, close } = await kept({ 'models/c.ts': tableModel('c') });
  const loader = new ModelLoader(project);
  const before = await loader.load();
  assert.not(loader.isReady);
  await loader.prime();
  assert.ok(loader.isReady);
  assert.is(await loader.load(), before, 'what the child says is what was kept');
  folder.write('models/a.ts', tableModel('other'));
  const after = await loader.load({ changed: [folder.path('models/a.ts')] });
  loader.close();
  close();
  assert.match(textsOf(after).join(), '"other"');
  assert.is(after.parts.get('models/c.ts'), before.parts.get('models/c.ts'));
});

test('a save that comes while a loader is being primed waits for it', async () => {
  const { project, folder, close } = await kept();
  const loader = new ModelLoader(project);
  await loader.load();
  const priming = loader.prime();
  folder.write('models/a.ts', tableModel('other'));
  const after = await loader.load({ changed: [folder.path('models/a.ts')] });
  await priming;
  loader.close();
  close();
  assert.match(textsOf(after).join(), '"other"');
});

test('a process that uses what was kept, or primes, ends by itself', async () => {
  const { project, close } = await kept();
  for (const work of ['load', 'prime']) {
    const child = runChild(`
      const { ModelLoader } = await import(src + 'load/modelLoader.ts');
      await new ModelLoader(${JSON.stringify(project)}).${work}();
      tell('done');`);
    assert.is(await child.next(), 'done');
    await waitUntil('the process is gone', () => !isRunning(child.pid));
  }
  close();
});

test.run();
