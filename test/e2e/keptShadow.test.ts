import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { type CliProject, killHard, withCliProject } from './cliProject.ts';

const FILES = { 'models/a.sql': 'CREATE TABLE users (id int PRIMARY KEY);' };

/** How often the shadow was begun anew in the lives of the project's daemons. */
const beginnings = ({ root }: CliProject): number => readFileSync(endpointOf(root).log, 'utf8').split('made anew').length - 1;

test('a daemon goes on with the shadow of the one before, also when that was killed', () =>
  withCliProject({ files: FILES }, async (project) => {
    await project.succeed('db:migrate', '-m', 'first');
    assert.is(beginnings(project), 1);
    await project.succeed('daemon', 'stop');
    await project.succeed('db:status', '--check');
    assert.is(beginnings(project), 1);
    await killHard(project.daemonPid() ?? 0);
    await project.succeed('db:status', '--check');
    assert.is(beginnings(project), 1);
  }));

test('a command without the daemon has a shadow of its own, beside that of the daemon', () =>
  withCliProject({ files: FILES }, async (project) => {
    await project.succeed('db:migrate', '-m', 'first');
    await project.succeed('db:status', '--check', '--no-daemon');
    await project.succeed('daemon', 'stop');
    await project.succeed('db:status', '--check', '--no-daemon');
    await project.succeed('db:status', '--check');
    assert.is(beginnings(project), 1);
  }));

test('a migration edited before it is applied leads where it says now', () =>
  withCliProject({ files: FILES }, async (project) => {
    await project.succeed('db:make', 'first');
    await project.succeed('db:status');
    const [file = ''] = project.migrations();
    const text = readFileSync(project.path('migrations', file), 'utf8');
    project.write(`migrations/${file}`, text.replace('"id" integer NOT NULL', '"id" bigint NOT NULL'));
    await project.succeed('daemon', 'stop');
    const { stdout } = await project.succeed('db:diff', '--sql');
    assert.match(stdout, /ALTER COLUMN "id" TYPE integer/);
  }));

test.run();
