import { globSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import { FastpyError } from '../../src/errors.ts';
import { compareHistory } from '../../src/migration/history.ts';
import type { Migration, Revision } from '../../src/migration/migrationFile.ts';
import { MigrationFolder } from '../../src/migration/migrationFolder.ts';
import { slugOf } from '../../src/migration/slug.ts';
import { writeMigration } from '../../src/migration/writeMigration.ts';
import { runChild } from '../support/child.ts';
import { temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { faultRow } from './faultRow.ts';
import { smallDisk } from './smallDisk.ts';

const LINES = 20_000;

/** A process that writes one migration of many lines after another, and tells their names. */
const writer = (root: string) =>
  runChild(`
    const { loadProject } = await import(src + 'config/loadProject.ts');
    const { writeMigration } = await import(src + 'migration/writeMigration.ts');
    const project = await loadProject(${JSON.stringify(root)});
    const up = ['SELECT 1' + ' + 1'.repeat(${LINES})];
    tell('ready');
    for (;;) await writeMigration(project, { parent: null, message: 'big', up, down: null });
  `);

/** What a disk that is full or protected does to a file of 300 kB. */
faultRow('R-22', { base: 3, servers: [18] }, async () => {
  const place = temporaryProject();
  const disk = smallDisk(400_000, place.path('migrations'));
  if (disk === null) return null;
  const project = await loadProject(place.root);
  const write = () => writeMigration(project, { parent: null, message: 'big', up: [`SELECT 1${' + 1'.repeat(LINES * 4)}`], down: null });
  const isRefused = (error: unknown, reason: RegExp): boolean =>
    error instanceof FastpyError && error.code === 'FILE_NOT_WRITTEN' && reason.test(error.message);
  const assertRefused = async (reason: RegExp) => {
    await write().then(
      () => assert.unreachable('it was written'),
      (error: unknown) => assert.ok(isRefused(error, reason), String(error)),
    );
    assert.equal(
      readdirSync(disk.path).filter((name) => name !== 'filling'),
      [],
    );
  };
  return {
    run: async ({ random }) => {
      disk.fill(Math.floor(300_000 * random()));
      await assertRefused(/ENOSPC|no space/i);
      disk.clear();
      disk.protect();
      await assertRefused(/EROFS|read-only/i);
      disk.clear();
      const { file } = await write();
      assert.match(readFileSync(file, 'utf8'), /\}\);\n$/);
      rmSync(file);
    },
    end: async () => {
      disk.end();
      place.remove();
    },
  };
});

faultRow('R-23', { base: 3, servers: [18] }, async () => ({
  run: async ({ random }) => {
    const place = temporaryProject();
    const child = writer(place.root);
    await child.next();
    const written = () => globSync('migrations/*.ts', { cwd: place.root });
    await waitUntil('one is written', () => written().length > 0);
    await delay(100 * random());
    await child.kill('SIGKILL');
    for (const file of written()) assert.match(readFileSync(place.path(file), 'utf8'), /\}\);\n$/, 'it is whole');
    place.remove();
  },
}));

const TOGETHER = 4;
const EACH = 25;

faultRow('R-28', { base: 1, servers: [18] }, async () => ({
  run: async () => {
    const place = temporaryProject();
    const children = Array.from({ length: TOGETHER }, () =>
      runChild(`
        const { loadProject } = await import(src + 'config/loadProject.ts');
        const { writeMigration } = await import(src + 'migration/writeMigration.ts');
        const project = await loadProject(${JSON.stringify(place.root)});
        const ids = [];
        let parent = null;
        // The clock goes back an hour with each.
        for (let hour = 0; hour < ${EACH}; hour++) {
          parent = (await writeMigration(project, { parent, message: 'same', up: ['SELECT 1'], down: null, now: new Date(Date.UTC(2026, 0, 3) - hour * 3_600_000) })).id;
          ids.push(parent);
        }
        tell(ids);
      `),
    );
    const written = await Promise.all(children.map((child) => child.next<readonly string[]>()));
    assert.is(new Set(written.flat()).size, TOGETHER * EACH, 'no name twice');
    for (const ids of written) assert.equal([...ids].sort(), ids, 'a child comes after its parent');
    place.remove();
  },
}));

/** Two migrations that were applied, with their files. */
async function withApplied(work: (applied: Applied) => Promise<void>): Promise<void> {
  const place = temporaryProject();
  const project = await loadProject(place.root);
  const first = await writeMigration(project, { parent: null, message: 'first', up: ['CREATE TABLE a (\n  id int\n)'], down: null });
  const second = await writeMigration(project, { parent: first.id, message: 'second', up: ['CREATE TABLE b ()'], down: null });
  const revisions = [first, second].map(({ id, parent, checksum, source }) => ({
    ...{ id, parent, checksum, source, baseline: false },
    ...{ appliedAt: '', durationMs: 0 },
  }));
  const compare = async () => compareHistory(await new MigrationFolder(project).read(), revisions);
  await work({ first, second, revisions, compare });
  place.remove();
}

interface Applied {
  readonly first: Migration;
  readonly second: Migration;
  readonly revisions: readonly Revision[];
  readonly compare: () => Promise<unknown>;
}

async function conflict(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, FastpyError, String(error));
  assert.is((error as FastpyError).exitCode, 7);
  return (error as FastpyError).message;
}

const rewrite = (file: string, change: (text: string) => string): void => writeFileSync(file, change(readFileSync(file, 'utf8')));

faultRow('R-24', { base: 3, servers: [18] }, async () => ({
  run: ({ random }) =>
    withApplied(async ({ first, compare }) => {
      const name = `c${Math.floor(random() * 1e6)}`;
      rewrite(first.file, (text) => text.replace('id int', `${name} bigint`));
      const said = await conflict(compare());
      assert.match(said, first.id);
      assert.match(said, new RegExp(`- .*id int[\\s\\S]*\\+ .*${name} bigint`), 'both lines are shown');
    }),
}));

faultRow('R-25', { base: 1, servers: [18] }, async () => ({
  run: async () => {
    await withApplied(async ({ second, compare }) => {
      rmSync(second.file);
      assert.match(await conflict(compare()), second.id);
    });
    await withApplied(async ({ second, compare }) => {
      renameSync(second.file, second.file.replace(slugOf('second'), 'other'));
      assert.match(await conflict(compare()), second.id);
    });
    await withApplied(async ({ first, compare }) => {
      rewrite(first.file, (text) => `${text.replaceAll('\n', '  \r\n')}\n\n`);
      await compare();
    });
  },
}));

test.run();
