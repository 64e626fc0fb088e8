/** The whole loop on the machine's PostgreSQL 15, whose shadow is a 15 too. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createDatabase, withServer } from '../support/servers.ts';
import { withCliProject } from './cliProject.ts';

const server = (await withServer(15)) ?? undefined;
const testOn15 = server === undefined ? test.skip : test;
const MOOD = `CREATE TYPE mood AS ENUM ('good', 'bad');`;
const users = (more: string): string =>
  `${MOOD} CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'good'${more});`;

testOn15('models become a migration, rows survive a change and its rollback, drift is found, and a fresh database is the same', async () =>
  withCliProject({ database: await createDatabase(server), files: { 'models/users.sql': users('') } }, async (project) => {
    await project.succeed('db:migrate', '-m', 'first');
    await project.query(`INSERT INTO users (name) VALUES ('Ada')`);
    project.write('models/users.sql', `${users(', email text UNIQUE NULLS NOT DISTINCT')} CREATE VIEW names AS SELECT name FROM users;`);
    await project.succeed('db:migrate', '-m', 'second');
    const status = await project.succeed('db:status', '--check');
    assert.match(status.stdout, 'PostgreSQL 15');
    assert.is(status.stderr, '', 'the proof is of the same major');
    await project.succeed('db:rollback');
    assert.equal(await project.query('SELECT name, mood::text FROM users'), [{ name: 'Ada', mood: 'good' }]);
    await project.query('ALTER TABLE users ADD stray int');
    await project.refused({ exit: 7, code: 'DRIFT' }, 'db:migrate', '-m', 'third');
    await project.succeed('db:fresh');
    await project.succeed('db:status', '--check');
  }),
);

testOn15('a database that is not empty is adopted', async () =>
  withCliProject({ database: await createDatabase(server), files: { 'models/users.sql': users('') } }, async (project) => {
    await project.query(users(''));
    assert.match((await project.succeed('db:migrate', '-m', 'first')).stdout, 'Adopted the database as it is');
    assert.is(project.migrations().length, 1);
    await project.succeed('db:status', '--check');
  }),
);

test.run();
