import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { introspect } from '../../src/introspect/introspect.ts';
import { loadSnapshot, saveSnapshot } from '../../src/introspect/snapshotFile.ts';
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
