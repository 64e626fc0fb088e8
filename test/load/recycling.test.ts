import { readFileSync, rmSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { waitUntil } from '../support/waitUntil.ts';
import { isRunning, type LoadedProject, loadedProject, tableModel, textsOf } from './support.ts';

const IMPORTERS = 100;

const base = (length: number): string =>
  `import { appendFileSync } from 'node:fs';\nappendFileSync('pids', process.pid + ' ');\nexport const length = ${length};`;

/** So often everything is imported anew that a thousand modules were, and not two thousand. */
const ENOUGH = Array.from({ length: 12 }, (_, index) => index + 2);

const importer = (index: number): string =>
  tableModel(`t${index}`, 'text: column.varchar(length)', "import { length } from '../lib/base.ts';\n");

const MODELS = Object.fromEntries(Array.from({ length: IMPORTERS }, (_, index) => [`models/t${index}.ts`, importer(index)]));

/** Saves a module that everything imports, and expects what it says in every table. */
async function saveBase({ folder, loader }: LoadedProject, length: number): Promise<void> {
  folder.write('lib/base.ts', base(length));
  const texts = textsOf(await loader.load({ changed: [folder.path('lib/base.ts')] }));
  assert.is(texts.filter((text) => text.includes(`varchar(${length})`)).length, IMPORTERS);
}

const pidsIn = ({ folder }: LoadedProject): readonly number[] =>
  [...new Set(readFileSync(folder.path('pids'), 'utf8').trim().split(' '))].map(Number);

test('a child that has imported much again is replaced, in the background where the loader was primed', async () => {
  const project = loadedProject({ ...MODELS, 'lib/base.ts': base(1) });
  await project.loader.prime();
  for (const length of ENOUGH) await saveBase(project, length);
  assert.is(pidsIn(project).length, 1, 'not while models are being saved');
  const [first = 0] = pidsIn(project);
  await waitUntil('the first child is gone', () => !isRunning(first));
  await saveBase(project, 100);
  const pids = pidsIn(project);
  project.close();
  assert.is(pids.length, 2);
});

// Imported last and by nothing else, so that a child which waits there has read all the others.
const GATE = `import { existsSync } from 'node:fs';
while (existsSync('closed')) await new Promise((resolve) => setTimeout(resolve, 5));
`;

test('what was saved while the next child was importing is looked at when it takes over', async () => {
  const project = loadedProject({ ...MODELS, 'lib/base.ts': base(1), 'models/z.ts': GATE });
  const { folder, loader } = project;
  const save = async (name: string, columns = '') => {
    folder.write(`models/${name}.ts`, tableModel(name, columns));
    return textsOf(await loader.load({ changed: [folder.path(`models/${name}.ts`)] })).join();
  };
  await save('a');
  await save('b');
  await loader.prime();
  await save('a', 'early: column.text()');
  folder.write('closed', '');
  for (const length of ENOUGH) await saveBase(project, length);
  await waitUntil('the next child has imported all but the last', () => pidsIn(project).length > 1);
  const [first = 0] = pidsIn(project);
  await save('a');
  await save('b', 'late: column.text()');
  rmSync(folder.path('closed'));
  await waitUntil('the first child is gone', () => !isRunning(first));
  const texts = await save('b');
  project.close();
  assert.not.match(texts, 'early');
  assert.not.match(texts, 'late');
});

test('where it was not primed, the next load replaces it', async () => {
  const project = loadedProject({ ...MODELS, 'lib/base.ts': base(1) });
  await project.loader.load();
  for (let length = 2; length < 25; length++) await saveBase(project, length);
  const pids = pidsIn(project);
  project.close();
  assert.is(pids.length, 2);
});

test.run();
