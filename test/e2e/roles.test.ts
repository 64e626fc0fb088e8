import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DiffResult } from '../../src/protocol/methods.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };
// Roles are seen by every test on the server.
const [READER, WRITER, EDITOR] = ['reader', 'writer', 'editor'].map((name) => `fastpyd_${name}_${process.pid}`);
const TABLE = 'CREATE TABLE posts (id int PRIMARY KEY, title text);';

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(async () => {
  await project.query('DROP TABLE IF EXISTS posts');
  for (const name of [EDITOR, WRITER, READER]) await project.query(`DROP ROLE IF EXISTS ${name}`);
  await project.end();
});

const settings = (value: unknown): void => project.write('fastpyd.config.json', JSON.stringify({ manageRoles: value }));
const written = (): string => readFileSync(project.path(`migrations/${project.migrations().at(-1)}`), 'utf8');
const rolesNow = () =>
  project.query(`SELECT rolname, rolcanlogin, rolcreatedb, rolconnlimit, shobj_description(oid, 'pg_authid') AS comment
    FROM pg_roles WHERE rolname LIKE 'fastpyd\\_%\\_${process.pid}' ORDER BY rolname`);
const membershipsNow = () =>
  project.query(`SELECT roleid::regrole::text AS of, member::regrole::text AS member, admin_option AS admin
    FROM pg_auth_members WHERE member::regrole::text LIKE 'fastpyd\\_%\\_${process.pid}' ORDER BY 1, 2`);
const diffNow = async (...flags: readonly string[]) =>
  (JSON.parse((await project.succeed('db:diff', '--json', ...flags)).stdout) as DiffResult).suggestion;

async function begin(manageRoles: unknown, model: string): Promise<void> {
  await project.reset({});
  for (const name of [EDITOR, WRITER, READER]) await project.query(`DROP ROLE IF EXISTS ${name}`);
  settings(manageRoles);
  project.write('models/schema.sql', model);
}

const MODEL = `${TABLE}
  GRANT ${WRITER} TO ${EDITOR} WITH ADMIN OPTION;
  GRANT SELECT ON posts TO ${EDITOR};
  CREATE ROLE ${WRITER} NOLOGIN;
  CREATE ROLE ${EDITOR} LOGIN CREATEDB CONNECTION LIMIT 3 VALID UNTIL '2040-01-01 00:00:00+00';
  COMMENT ON ROLE ${EDITOR} IS 'writes';`;

test('roles that models create are made on the server, with what they may do and which they are members of, and nothing is left to do', async () => {
  await begin(true, MODEL);
  await project.succeed('db:migrate', '-m', 'first');
  assert.equal(await rolesNow(), [
    { rolname: EDITOR, rolcanlogin: true, rolcreatedb: true, rolconnlimit: 3, comment: 'writes' },
    { rolname: WRITER, rolcanlogin: false, rolcreatedb: false, rolconnlimit: -1, comment: null },
  ]);
  assert.equal(await membershipsNow(), [{ of: WRITER, member: EDITOR, admin: true }]);
  await project.succeed('db:status', '--check');
  assert.match((await project.succeed('db:verify')).stdout, 'first');
});

test('a role is altered, and rolling back alters it again', async () => {
  await begin(true, MODEL);
  await project.succeed('db:migrate', '-m', 'first');
  project.write(
    'models/schema.sql',
    MODEL.replace('LOGIN CREATEDB CONNECTION LIMIT 3', 'LOGIN BYPASSRLS').replace(`'writes'`, `'reads'`).replace(' WITH ADMIN OPTION', ''),
  );
  const suggestion = await diffNow();
  assert.equal(
    suggestion?.changes.map(({ action, kind }) => `${action} ${kind}`),
    ['alter membership', 'alter role'],
  );
  await project.succeed('db:migrate', '-m', 'second');
  assert.match(written(), `ALTER ROLE "${EDITOR}" WITH NOCREATEDB BYPASSRLS CONNECTION LIMIT -1`);
  assert.equal(await membershipsNow(), [{ of: WRITER, member: EDITOR, admin: false }]);
  await project.succeed('db:rollback');
  assert.equal(await membershipsNow(), [{ of: WRITER, member: EDITOR, admin: true }]);
  assert.equal(((await rolesNow()) as readonly { comment: string }[])[0]?.comment, 'writes');
});

test('a role that is on the server already is taken over, and rolling back leaves every role where it is', async () => {
  await begin(true, MODEL);
  await project.query(`CREATE ROLE ${EDITOR} NOLOGIN`);
  await project.succeed('db:migrate', '-m', 'first');
  assert.is(((await rolesNow()) as readonly { rolcanlogin: boolean }[])[0]?.rolcanlogin, true);
  await project.succeed('db:rollback');
  assert.is((await rolesNow()).length, 2);
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
});

test('a role that models no longer create is dropped only when somebody says so, behind all that names it', async () => {
  await begin(true, MODEL);
  await project.succeed('db:migrate', '-m', 'first');
  project.write('models/schema.sql', `${TABLE} CREATE ROLE ${WRITER};`);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, `Drop role ${EDITOR}, which belongs to the whole server`);
  assert.match(stderr, `--drop ${EDITOR}`);
  await project.succeed('db:migrate', '-m', 'second', '--drop', `${EDITOR}`);
  assert.equal(
    ((await rolesNow()) as readonly { rolname: string }[]).map(({ rolname }) => rolname),
    [WRITER],
  );
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
  assert.is((await rolesNow()).length, 2);
});

test('patterns say which roles are managed; the others are only named', async () => {
  await begin([`${WRITER}*`], MODEL);
  await project.succeed('db:make', 'first');
  assert.match(written(), `CREATE ROLE "${WRITER}"`);
  assert.not.match(written(), `CREATE ROLE "${EDITOR}"`);
  settings(false);
  await begin(false, MODEL);
  await project.succeed('db:make', 'first');
  assert.not.match(written(), 'CREATE ROLE');
});

test('a password in a model is refused, and where to set it is said', async () => {
  await begin(true, `CREATE ROLE ${EDITOR} LOGIN PASSWORD 'secret';`);
  const { stderr } = await project.refused({ exit: 1, code: 'MODEL_LOAD_FAILED' }, 'db:make', 'first');
  assert.match(stderr, 'a password does not belong into a model');
  assert.match(stderr, 'models/schema.sql:1');
  assert.not.match(stderr, 'secret');
});

test('what PostgreSQL refuses of a role is told with its line', async () => {
  await begin(true, `CREATE ROLE ${EDITOR};\nGRANT ${EDITOR} TO ${EDITOR};`);
  const { stderr } = await project.refused({ exit: 1, code: 'MODEL_REJECTED' }, 'db:make', 'first');
  assert.match(stderr, 'models/schema.sql:2');
});

test('a TypeScript model has roles too', async () => {
  await begin(true, '');
  project.write(
    'models/roles.ts',
    `import { role } from 'fastpyd/model';
    export const Reader = role('${READER}', { comment: 'reads' });
    export const Editor = role('${EDITOR}', { login: true, connectionLimit: 2, memberOf: ['${READER}', { role: 'pg_monitor', admin: true, inherit: false }] });`,
  );
  await project.succeed('db:migrate', '-m', 'first');
  assert.equal(await membershipsNow(), [
    { of: READER, member: EDITOR, admin: false },
    { of: 'pg_monitor', member: EDITOR, admin: true },
  ]);
  await project.succeed('db:status', '--check');
});

test.run();
