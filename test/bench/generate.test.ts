import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tableMigrations } from '../../bench/schema/migrations.ts';
import { describeTables } from '../../bench/schema/tables.ts';
import { temporaryEmbedded } from '../support/embedded.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const env = { ...process.env, DATABASE_URL: 'embedded', NO_COLOR: '1' };

function run(program: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, program), ...args], { env, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

const fastpy = (root: string, ...args: readonly string[]) => run('client/cli.ts', ...args, '--no-daemon', '--project', root);

test('a history of one table in each migration leads to what the models of these tables say', () => {
  const project = temporaryEmbedded();
  rmSync(project.path('fastpyd.config.json'));
  run('bench/generate.ts', '--tables', '12', '--out', project.root);
  for (const { file, text } of tableMigrations(describeTables({ tables: 12, seed: 1 }))) project.write(file, text);
  assert.is(readdirSync(project.path('migrations')).length, 12);
  const migrated = fastpy(project.root, 'db:migrate');
  assert.is(migrated.status, 0, migrated.output);
  const checked = fastpy(project.root, 'db:status', '--check');
  assert.is(checked.status, 0, checked.output);
});

test('a folder that holds something is left alone', () => {
  const project = temporaryEmbedded();
  const { status, output } = run('bench/generate.ts', '--out', project.root);
  assert.is(status, 64);
  assert.match(output, 'is not empty');
});

test.run();
