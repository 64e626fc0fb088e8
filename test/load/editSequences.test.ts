/** Whatever is done to the files, a loader that saw it step by step says what a fresh one says. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Project } from '../../src/config/project.ts';
import { ModelLoader } from '../../src/load/modelLoader.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { loadedProject } from './support.ts';

const RUNS = Number(process.env.TEST_RUNS ?? 4);
const SEED = Number(process.env.TEST_SEED ?? 7);

const MODULES = ['models/a.ts', 'models/b.ts', 'models/c.ts', 'models/sub/d.ts', 'lib/shared.ts'] as const;

interface Content {
  readonly kind: 'gone' | 'broken' | 'table' | 'names';
  readonly table: string;
  readonly length: number;
  readonly imports: readonly string[];
}

interface Edit {
  readonly file: string;
  readonly content: Content;
}

const up = (from: string, to: string): string => `${'../'.repeat(from.split('/').length - 1)}${to}`;

const START = Object.fromEntries(
  MODULES.map((file, index) => [file, moduleText(file, { kind: 'table', table: `start${index}`, length: 1, imports: [] })]),
);

/** A module whose table refers to the tables that it imports, or one that only passes them on. */
function moduleText(file: string, { kind, table, length, imports }: Content): string {
  const others = imports.filter((other) => other !== file);
  if (kind === 'names') return others.map((other, index) => `export { T as N${index} } from '${up(file, other)}';`).join('\n');
  const names = others.map((other, index) => `import * as m${index} from '${up(file, other)}';`);
  const columns = others.map((_, index) => `r${index}: column.bigint().references(() => m${index}.T.id),`);
  return `import { column, table } from 'fastpyd/model';
${names.join('\n')}
export const T = table('${table}', { id: column.bigint().primaryKey(), text: column.varchar(${length}), ${columns.join(' ')} });
${kind === 'broken' ? "throw new Error('broken');" : ''}`;
}

const sqlText = ({ kind, table, length }: Content): string =>
  kind === 'broken' ? "CREATE TABLE 'x" : `CREATE TABLE ${table}_sql (text varchar(${length}));\nINSERT INTO x VALUES (1);`;

const content = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constant<Content['kind']>('table') },
    { weight: 3, arbitrary: fc.constantFrom<Content['kind'][]>('gone', 'broken', 'names') },
  ),
  table: fc.constantFrom('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'),
  length: fc.integer({ min: 1, max: 3 }),
  imports: fc.uniqueArray(fc.constantFrom(...MODULES), { maxLength: 2 }),
});

const edit = fc.record({ file: fc.constantFrom<string[]>(...MODULES, 'models/x.sql', 'models/y.sql'), content });

const step = fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 3 }), isHinted: fc.boolean() });

function apply(root: string, { file, content }: Edit): string {
  const path = `${root}/${file}`;
  mkdirSync(dirname(path), { recursive: true });
  if (content.kind === 'gone') rmSync(path, { force: true });
  else writeFileSync(path, file.endsWith('.sql') ? sqlText(content) : moduleText(file, content));
  return path;
}

type Outcome = { readonly models: ModelSet } | { readonly error: string };

const outcomeOf = (loading: Promise<ModelSet>): Promise<Outcome> =>
  loading.then(
    (models) => ({ models }),
    (error: Error) => ({ error: error.message }),
  );

function told(outcome: Outcome): unknown {
  if ('error' in outcome) return outcome;
  const { files, parts, statements, renames, warnings } = outcome.models;
  return { files, parts: [...parts], statements, renames, warnings };
}

async function fresh(project: Project): Promise<Outcome> {
  const loader = new ModelLoader(project);
  const outcome = await outcomeOf(loader.load());
  loader.close();
  return outcome;
}

/** A part is another object exactly where it says something else. */
function assertIdentity(before: ModelSet, after: ModelSet): void {
  for (const [file, part] of after.parts) {
    const known = before.parts.get(file);
    assert.is(known === part, JSON.stringify(known) === JSON.stringify(part), file);
  }
}

test('a loader that sees one edit after another says what a fresh loader says', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
    const { project, loader, close } = loadedProject(START);
    let last = await loader.load();
    for (const { edits, isHinted } of steps) {
      const changed = edits.map((one) => apply(project.root, one));
      const outcome = await outcomeOf(loader.load(isHinted ? { changed } : {}));
      assert.equal(told(outcome), told(await fresh(project)));
      if ('error' in outcome) continue;
      assertIdentity(last, outcome.models);
      last = outcome.models;
    }
    close();
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: process.env.TEST_RUNS === undefined });
});

test.run();
