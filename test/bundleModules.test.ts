/** What the bundles of the daemon and its children rely on, and what they leave outside. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleModules } from '../scripts/bundleModules.ts';

const ROOT = join(import.meta.dirname, '..');
const { metafile } = await bundleModules(join(ROOT, 'dist'), { write: false });
const outputs = Object.entries(metafile.outputs);

test('every process that the daemon starts is an entry at its place', () => {
  const children = globSync('src/*/child.ts', { cwd: ROOT });
  assert.ok(children.length >= 3);
  for (const file of ['src/main.ts', ...children])
    assert.is(metafile.outputs[`dist/${file.replace(/\.ts$/, '.js')}`]?.entryPoint, file, file);
});

test('a module that looks for files of its own starts one folder up, which is src/ for a bundle too', () => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT });
  const wrong = sources.filter((file) => /new URL\((['"`])(?!\.\.[/'"`])[^,]*, import\.meta/.test(readFileSync(join(ROOT, file), 'utf8')));
  assert.equal(wrong, []);
  const shared = outputs.filter(([, { entryPoint, inputs }]) => entryPoint === undefined && Object.keys(inputs).length > 0);
  assert.equal(
    shared.map(([file]) => file).filter((file) => !/^dist\/src\/[^/]+\/[^/]+$/.test(file)),
    [],
  );
});

test('a module is in one file only, so that its state exists once in a process', () => {
  const places = new Map<string, number>();
  for (const [, { inputs }] of outputs) for (const file of Object.keys(inputs)) places.set(file, (places.get(file) ?? 0) + 1);
  assert.equal(
    [...places].filter(([file, count]) => count > 1 && file.startsWith('src/')),
    [],
  );
});

test('outside are Node, Faker, and what is native and optional', () => {
  const outside = outputs.flatMap(([, { imports }]) => imports.filter(({ external }) => external).map(({ path }) => path));
  const unexpected = outside.filter((path) => !path.startsWith('node:') && !builtinModules.includes(path));
  assert.equal([...new Set(unexpected)].sort(), ['@faker-js/faker/locale/en', 'bufferutil', 'pg-native', 'utf-8-validate']);
});

test.run();
