import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { introspect } from '../../src/introspect/introspect.ts';
import { loadSnapshot, saveSnapshot } from '../../src/introspect/snapshotFile.ts';
import type { ObjectId } from '../../src/kinds/kind.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const files = suite('snapshot files');
const folder = await mkdtemp(join(tmpdir(), 'fastpyd-snapshot-'));
const shadow = await Shadow.open(await withServer(18), 'postgres');

files('a snapshot that is read again is the one that was written', () =>
  shadow.scratch(async (database) => {
    const text =
      'CREATE TABLE a (id serial PRIMARY KEY, "B" text DEFAULT \'é\'); CREATE VIEW v AS SELECT "B" FROM a; COMMENT ON VIEW v IS \'x\'';
    await database.session((session) => session.script(text));
    const snapshot = await database.session(introspect);
    await saveSnapshot(join(folder, 'one.json'), snapshot);
    assert.equal(await loadSnapshot(join(folder, 'one.json')), snapshot);
  }),
);

files('what two databases have in common is one object when both were read', () =>
  shadow.scratch(async (database) => {
    const tables = Array.from({ length: 200 }, (_, index) => `CREATE TABLE t${index} (id int PRIMARY KEY, a text, b text, c text)`);
    await database.session((session) => session.script(tables.join(';')));
    const before = await database.session(introspect);
    await database.session((session) =>
      session.script('ALTER TABLE t7 DROP COLUMN b; DROP TABLE t8; CREATE TABLE t8 (id int PRIMARY KEY, a text, b text, c text)'),
    );
    const after = await database.session(introspect);
    for (const [name, snapshot] of Object.entries({ before, after })) await saveSnapshot(join(folder, `${name}.json`), snapshot);
    const [one, other] = [await loadSnapshot(join(folder, 'before.json')), await loadSnapshot(join(folder, 'after.json'))];
    assert.equal(other, after);
    const isShared = (id: ObjectId): boolean => one?.objects.get(id) === other?.objects.get(id);
    const shared = [...after.objects.keys()].filter(isShared).length;
    assert.ok(shared > after.objects.size / 2, `${shared} of ${after.objects.size} are shared`);
  }),
);

files('a file with another letter in it counts for nothing', () =>
  shadow.scratch(async (database) => {
    await database.session((session) => session.script('CREATE TABLE a (id int, other text)'));
    await saveSnapshot(join(folder, 'whole.json'), await database.session(introspect));
    const text = await readFile(join(folder, 'whole.json'), 'utf8');
    await writeFile(join(folder, 'damaged.json'), text.replace('public.a.other', 'public.a.order'));
    await writeFile(join(folder, 'shorter.json'), text.split('\n').toSpliced(2, 1).join('\n'));
    for (const name of ['damaged.json', 'shorter.json']) assert.is(await loadSnapshot(join(folder, name)), undefined);
  }),
);

files('a file that is missing, torn or of another layout counts for nothing', async () => {
  await writeFile(join(folder, 'torn.json'), '{"layout":');
  await writeFile(join(folder, 'other.json'), '{"layout":0,"objects":[]}');
  for (const name of ['missing.json', 'torn.json', 'other.json']) assert.is(await loadSnapshot(join(folder, name)), undefined);
});

files.after(async () => {
  await shadow.close();
  await rm(folder, { recursive: true });
});
files.run();
