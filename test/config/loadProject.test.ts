import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { configJsonSchema } from '../../src/config/jsonSchema.ts';
import { findProject, loadProject } from '../../src/config/loadProject.ts';
import { FastpyError } from '../../src/errors.ts';

async function withConfig(text: string, work: (root: string) => Promise<void>): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fastpy-config-')));
  try {
    writeFileSync(join(root, 'fastpyd.config.json'), text);
    await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function errorOf(work: () => Promise<unknown> | unknown): Promise<FastpyError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof FastpyError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

test('an empty object gives every default', () =>
  withConfig('{}', async (root) => {
    const project = await loadProject(root);
    assert.equal(project.root, root);
    assert.equal(project.config, {
      models: ['models/**/*.{ts,sql}'],
      migrations: 'migrations',
      seeders: 'seeders',
      schemas: ['public'],
      shadow: 'embedded',
      protected: false,
      naming: 'snake_case',
      lockTimeout: 30_000,
      statementTimeout: 0,
      idleExit: 10_800_000,
      manageRoles: false,
      ignoreDrift: [],
      outOfOrder: 'fail',
    });
  }));

test('durations are milliseconds or text with a unit', () =>
  withConfig('{ "$schema": "x", "lockTimeout": "5s", "statementTimeout": 250, "idleExit": "1.5h" }', async (root) => {
    const { config } = await loadProject(root);
    assert.equal([config.lockTimeout, config.statementTimeout, config.idleExit], [5000, 250, 5_400_000]);
  }));

test('all problems are told at once, each with its line, and unknown keys name the nearest', () =>
  withConfig('{\n  "modles": [],\n  "schemas": "public",\n  "lockTimeout": "soon",\n  "listen": "0.0.0.0:80"\n}', async (root) => {
    const error = await errorOf(() => loadProject(root));
    assert.is(error.code, 'CONFIG_INVALID');
    const { problems } = error.facts as { problems: readonly string[] };
    assert.is(problems.length, 4);
    const all = problems.join('\n');
    assert.match(all, 'line 2: "modles" is not a setting; did you mean models?');
    assert.match(all, 'line 3: "schemas" is a list of schema names');
    assert.match(all, 'line 4: "lockTimeout" is a duration');
    assert.match(all, 'line 5: "listen" is a loopback address');
  }));

test('a key that stands twice in one object is told with both lines, beside the other problems', () =>
  withConfig(
    `{
  "models": ["a", "models:"],
  "schemas": ["\\"x", "{"],
  "ignoreDrift": [{ "object": "a", "reason": "b" }, { "object": "c",
    "reason": "d", "object": "e" }],
  "naming": "camel",
  "m\\u006fdels": ["b"]
}`,
    async (root) => {
      const error = await errorOf(() => loadProject(root));
      assert.is(error.code, 'CONFIG_INVALID');
      const { problems } = error.facts as { problems: readonly string[] };
      assert.equal(problems, [
        'line 5: "object" is there already, on line 4; only one of the two can count',
        'line 7: "models" is there already, on line 2; only one of the two can count',
        'line 6: "naming" is "snake_case" or "verbatim"',
      ]);
    },
  ));

const broken: readonly (readonly [string, number, number])[] = [
  ['{\n  "models": [x]\n}', 2, 14],
  ['{\n  "models": ["a"],\n}', 3, 1],
  ['{\n  "models": "a"\n  "naming": "verbatim"\n}', 3, 3],
  ['{\n  "models": ["a"]', 2, 18],
  ['', 1, 1],
  ['{}\n{}', 2, 1],
];
for (const [text, line, column] of broken) {
  test(`a syntax error is placed at ${line}:${column} of ${JSON.stringify(text)}`, () =>
    withConfig(text, async (root) => {
      const error = await errorOf(() => loadProject(root));
      assert.is(error.code, 'CONFIG_INVALID');
      assert.equal([error.location?.line, error.location?.column], [line, column]);
    }));
}

test('a message about broken JSON never quotes the file, which may hold a password', () =>
  withConfig('{ "databaseUrl": "postgres://me:hunter2@db/x" oops }', async (root) => {
    const error = await errorOf(() => loadProject(root));
    assert.not.match(error.message, 'hunter2');
  }));

test('the nearest project at or above a folder is found, through symbolic links', () =>
  withConfig('{}', async (root) => {
    mkdirSync(join(root, 'models/deep'), { recursive: true });
    symlinkSync(join(root, 'models'), join(root, 'link'));
    assert.is(findProject(join(root, 'models/deep')), root);
    assert.is(findProject(join(root, 'link')), root);
  }));

test('a folder outside any project says where it looked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fastpy-none-'));
  const error = await errorOf(() => findProject(folder));
  rmSync(folder, { recursive: true });
  assert.is(error.code, 'PROJECT_NOT_FOUND');
  assert.match(error.message, folder);
});

test('fastpyd.schema.json is current', () => {
  const file = join(import.meta.dirname, '../../fastpyd.schema.json');
  assert.equal(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(configJsonSchema()));
});

test.run();
