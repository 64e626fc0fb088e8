import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { killHard, withCliProject } from './cliProject.ts';
import { descendants } from './descendants.ts';

/** The servers that a daemon runs: the embedded database and the shadow. */
const postmasters = (daemon: number): readonly number[] => descendants(daemon).filter((pid) => /^\S*postgres\0-D\0/.test(commandOf(pid)));

/** Empty for a process that has ended meanwhile. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('a daemon whose servers were killed starts them again for the next command, with every row', () =>
  withCliProject({ database: 'embedded', files: { 'models/a.sql': 'CREATE TABLE users (id int PRIMARY KEY);' } }, async (project) => {
    await project.succeed('db:migrate', '-m', 'first');
    await project.query('INSERT INTO users VALUES (1)');
    const daemon = project.daemonPid() ?? 0;
    const servers = postmasters(daemon);
    assert.is(servers.length, 2);
    for (const server of servers) await killHard(server);
    await project.succeed('db:status', '--check');
    assert.equal(await project.query('SELECT * FROM users'), [{ id: 1 }]);
    assert.is(project.daemonPid(), daemon);
    assert.is(postmasters(daemon).length, 2);
  }));

test.run();
