import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import { type ProjectWatcher, watchedPaths, watchProject } from '../../src/watch/watcher.ts';
import { runChild } from '../support/child.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';

const SETTLE_MS = 150;

type Calls = (readonly string[])[];

type Work = (project: TemporaryProject, calls: Calls, watcher: ProjectWatcher) => Promise<void>;

async function watching(files: Record<string, string>, work: Work): Promise<void> {
  const project = temporaryProject(files);
  const calls: Calls = [];
  const watcher = await watchProject(await loadProject(project.root), { deliver: (paths) => calls.push(paths) });
  try {
    await work(project, calls, watcher);
  } finally {
    await watcher.close();
    project.remove();
  }
}

test('a saved model, a new migration and the settings are each told with their path', () =>
  watching({ 'models/a.ts': '1', 'migrations/x.ts': '1' }, async (project, calls) => {
    for (const file of ['models/a.ts', 'migrations/y.ts', 'fastpyd.config.json']) {
      project.write(file, '{ }');
      await waitUntil(`${file} is told`, () => calls.flat().includes(project.path(file)));
    }
  }));

test('files that are neither are not told', () =>
  watching({ 'models/a.ts': '1', 'readme.md': '1' }, async (project, calls) => {
    project.write('readme.md', '2');
    project.write('src/index.ts', '2');
    await delay(SETTLE_MS);
    assert.equal(calls, []);
  }));

test('a folder that does not exist yet is watched from when it does', () =>
  watching({}, async (project, calls) => {
    mkdirSync(project.path('models/deep'), { recursive: true });
    project.write('models/deep/a.sql', 'select 1');
    await waitUntil('the model is told', () => calls.flat().includes(project.path('models/deep/a.sql')));
  }));

test('a removed folder that comes back is watched again', () =>
  watching({ 'models/a.ts': '1' }, async (project, calls) => {
    rmSync(project.path('models'), { recursive: true });
    await waitUntil('the removal is told', () => calls.flat().includes(project.path('models/a.ts')));
    calls.length = 0;
    project.write('models/b.ts', '1');
    await waitUntil('the new model is told', () => calls.flat().includes(project.path('models/b.ts')));
  }));

test('a file from elsewhere is told from when it is added, also after an atomic save', () =>
  watching({ 'models/a.ts': '1', 'lib/b.ts': '1', 'lib/c.ts': '1', 'node_modules/d/d.ts': '1' }, async (project, calls, watcher) => {
    watcher.add(['models/a.ts', 'lib/b.ts', 'node_modules/d/d.ts'].map((file) => project.path(file)));
    await waitUntil('a change is told', () => {
      project.write('lib/b.ts', String(Math.random()));
      return calls.length > 0;
    });
    project.write('lib/.b.ts.tmp', '2');
    renameSync(project.path('lib/.b.ts.tmp'), project.path('lib/b.ts'));
    await delay(SETTLE_MS);
    calls.length = 0;
    for (const file of ['lib/b.ts', 'lib/c.ts', 'node_modules/d/d.ts']) project.write(file, '3');
    await delay(SETTLE_MS);
    assert.equal(calls, [[project.path('lib/b.ts')]]);
  }));

test('what is deleted and made again, and a file that is touched, are told as well', () =>
  watching({ 'models/a.ts': '1' }, async (project, calls) => {
    const path = project.path('models/a.ts');
    for (const change of [() => rmSync(path), () => project.write('models/a.ts', '1'), () => utimesSync(path, 1, 1)]) {
      calls.length = 0;
      change();
      await waitUntil('it is told', () => calls.flat().includes(path));
      await delay(SETTLE_MS);
    }
  }));

test('a draft that is gone again is told of as little as what is neither model nor imported and went', () =>
  watching({ 'models/a.ts': '1', 'models/notes.txt': '1' }, async (project, calls) => {
    project.write('models/.a.ts.tmp', '2');
    rmSync(project.path('models/.a.ts.tmp'));
    rmSync(project.path('models/notes.txt'));
    await delay(2 * SETTLE_MS);
    assert.equal(calls, []);
  }));

test('an atomic save among many files is one call, although the folder is read again after the first word of it', () => {
  const others = Array.from({ length: 2_000 }, (_, index) => [`models/t${index}.ts`, '1']);
  return watching({ 'models/a.ts': '1', ...Object.fromEntries(others) }, async (project, calls) => {
    project.write('models/.a.ts.tmp', '2');
    renameSync(project.path('models/.a.ts.tmp'), project.path('models/a.ts'));
    await waitUntil('the model is told', () => calls.flat().includes(project.path('models/a.ts')));
    await delay(2 * SETTLE_MS);
    assert.is(calls.length, 1);
  });
});

test('a thousand files at once are one call', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `models/t${index}.ts`);
  return watching(Object.fromEntries(names.map((name) => [name, '1'])), async (project, calls) => {
    for (const name of names) writeFileSync(project.path(name), '2');
    await waitUntil('all are told', () => new Set(calls.flat()).size === names.length);
    await delay(SETTLE_MS);
    assert.is(calls.length, 1);
  });
});

for (const code of ['ENOSPC', 'EMFILE']) {
  test(`where the system has no watches left (${code}), files are polled, and the log says so`, async () => {
    const project = temporaryProject({ 'models/a.ts': '1' });
    const child = runChild(`
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.watch = () => { throw Object.assign(new Error('no watches'), { code: '${code}' }); };
      syncBuiltinESMExports();
      const { loadProject } = await import(src + 'config/loadProject.ts');
      const { watchProject } = await import(src + 'watch/watcher.ts');
      const log = { warn: (_, message) => tell(message) };
      await watchProject(await loadProject(${JSON.stringify(project.root)}), { deliver: tell }, log);
      tell('ready');`);
    assert.match(await child.next<string>(), 'polled from now on');
    assert.is(await child.next<string>(), 'ready');
    project.write('models/a.ts', '22');
    assert.equal(await child.next(), [project.path('models/a.ts')]);
    await child.kill('SIGKILL');
    project.remove();
  });
}

test('what is watched are the folders above the wildcards, none inside another', async () => {
  const project = temporaryProject({
    'fastpyd.config.json': '{ "models": ["src/*/models/**/*.ts", "src/db/*.sql", "schema.sql"], "migrations": "src/migrations" }',
  });
  const paths = watchedPaths(await loadProject(project.root));
  assert.equal(paths, [project.path('fastpyd.config.json'), project.path('schema.sql'), project.path('src')]);
  project.remove();
});

test.run();
