import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { suggest } from '../../src/pipeline.ts';
import { type Desired, ModelStates } from '../../src/shadow/modelStates.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { States } from '../../src/shadow/states.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const models = suite('models that change');
const shadow = await Shadow.open(await withServer(18), 'postgres');

/** Counts the databases that are built. */
class CountedStates extends States {
  builds = 0;

  override get(...[content, build]: Parameters<States['get']>): ReturnType<States['get']> {
    return super.get(content, (database) => {
      this.builds++;
      return build(database);
    });
  }
}

// Two, so that neither finds what the other made; both keep only a few databases.
const small = new CountedStates(shadow);
const fresh = new States(shadow);

const setOf = (text: string): ModelSet => modelSet([readSqlModel(text, 'models/all.sql')]);

/** What the last of these texts means, after the others were models before it. */
async function after(states: States, texts: readonly string[]): Promise<Desired> {
  const models = new ModelStates(states);
  try {
    for (const text of texts.slice(0, -1)) await models.get(setOf(text));
    return await models.get(setOf(texts.at(-1) ?? ''));
  } finally {
    models.close();
  }
}

/** Asserts that the last text means the same in small steps and all at once, and returns how many databases the small steps needed. */
async function assertSame(...texts: readonly string[]): Promise<number> {
  const before = small.builds;
  const [stepwise, whole] = [await after(small, texts), await after(fresh, texts.slice(-1))];
  assert.equal(onlyIn(stepwise.snapshot, whole.snapshot), [], 'only in small steps');
  assert.equal(onlyIn(whole.snapshot, stepwise.snapshot), [], 'only all at once');
  assert.equal(stepwise.warnings, whole.warnings);
  return small.builds - before;
}

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text);';
const POSTS = 'CREATE TABLE posts (id int, user_id int REFERENCES users (id)); CREATE VIEW v AS SELECT * FROM users;';

models('a table that others point to and that a view reads is changed without a new database', async () => {
  assert.is(await assertSame(`${USERS}${POSTS}`, `${USERS.replace('text', 'text, nick text')}${POSTS}`), 1);
});

models('a key that others point to takes their tables along when it changes', async () => {
  assert.is(await assertSame(`${USERS} -- 1\n${POSTS}`, `${USERS.replace('id int', 'id bigint')}${POSTS}`), 0);
});

models('edit follows edit without a new database, also over one that is refused', async () => {
  const bench = new ModelStates(small);
  const before = small.builds;
  await bench.get(setOf(`${USERS}${POSTS} -- edits`));
  const refused = await bench
    .get(setOf(`${USERS.replace('name', 'called')}${POSTS} CREATE VIEW w AS SELECT name FROM users`))
    .catch((error) => error);
  assert.is(refused.code, 'MODEL_REJECTED');
  for (const column of ['a', 'b', 'c']) {
    const { snapshot } = await bench.get(setOf(`${USERS.replace('text', `text, ${column} int`)}${POSTS}`));
    assert.ok(snapshot.objects.has(`column:public.users.${column}`));
    assert.ok(snapshot.objects.has('view:public.v'));
  }
  bench.close();
  assert.ok(small.builds - before <= 1);
});

models('what reaches everything is made anew as a whole', async () => {
  const defaults = 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;';
  assert.is(await assertSame(`${defaults}${USERS}`, `${defaults}${USERS}${POSTS}`), 2);
});

models('an owner comes, changes and goes with the table alone, and keeps the privileges relative to it', async () => {
  const given = 'GRANT SELECT ON users TO reader; REVOKE DELETE ON users FROM CURRENT_USER;';
  const owner = (role: string): string => `ALTER TABLE users OWNER TO ${role};`;
  const first = `${USERS}${POSTS}${given}`;
  assert.is(await assertSame(`${first} -- owners`, `${USERS}${owner('keeper')}${POSTS}${given}`), 1);
  assert.is(await assertSame(`${first} -- owners`, `${first}${owner('"an owner"')}`, `${first}${owner('keeper')}`), 0);
  assert.is(await assertSame(`${first} -- owners`, `${first}${owner('keeper')}`, first), 0);
});

models('what is made under another role belongs to it', async () => {
  const grants = 'GRANT ALL ON SCHEMA public TO keeper;';
  await assertSame(`${grants}${USERS}`, `${grants}SET ROLE keeper;${USERS}RESET ROLE;${POSTS}`, `${grants}${USERS}${POSTS}`);
});

models('what is not modelled is named from the moment on when it is there, and no longer', async () => {
  const routine = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";
  const depending = `${routine} ALTER FUNCTION f() DEPENDS ON EXTENSION plpgsql;`;
  const { snapshot } = await after(small, [routine, depending]);
  assert.equal(snapshot.unmodelled, [{ kind: 'dependency on an extension', name: 'function public.f() on plpgsql' }]);
  assert.equal((await after(small, [depending, routine])).snapshot.unmodelled, []);
});

models('a base type is made anew with its functions and with the tables that use it, wherever these stand', async () => {
  const input = "CREATE FUNCTION number_in(cstring) RETURNS number STRICT IMMUTABLE LANGUAGE internal AS 'int8in';";
  const output = "CREATE FUNCTION number_out(number) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int8out';";
  const type = 'CREATE TYPE number (INPUT = number_in, OUTPUT = number_out, LIKE = int8);';
  const rest = `${input}${output}CREATE TYPE number;${type}CREATE TABLE counters (n number, ns number[]);`;
  await assertSame(`${USERS}${rest}`, `${USERS}${rest.replace('LIKE = int8', "LIKE = int8, CATEGORY = 'N'")}`);
  await assertSame(`${USERS}${rest}`, `${USERS}${rest.replace('STRICT IMMUTABLE', 'STRICT')}`);
  await assertSame(`${USERS}${rest}`, `${USERS}${rest.replace('n number', 'n number, m number')}`);
  await assertSame(`${USERS}CREATE TYPE number;`, `${USERS}${rest}`, `${USERS}CREATE TYPE number;`, USERS);
});

models('what is remembered of a suggestion is not taken for the work of others', async () => {
  const head = await fresh.get(['head'], async () => undefined);
  const [text, schemas] = [setOf(USERS), ['public']];
  const [one, other] = [new ModelStates(fresh), new ModelStates(fresh)];
  const first = await suggest(one, { head, models: text, schemas });
  assert.is(await suggest(one, { head, models: text, schemas }), first);
  const second = await suggest(other, { head, models: text, schemas });
  assert.is.not(second, first);
  assert.equal(second?.up, first?.up);
  one.close();
  other.close();
});

models('triggers behind a key that are switched off on either table stay so, and come back with the key', async () => {
  for (const table of ['users', 'posts']) {
    const off = `ALTER TABLE ${table} DISABLE TRIGGER ALL;`;
    await assertSame(`${USERS}${POSTS}${off}`, `${USERS.replace('text', 'text, nick text')}${POSTS}${off}`);
    await assertSame(`${USERS}${POSTS}${off}`, `${USERS}${POSTS.replace('(id)', '(id) ON DELETE CASCADE')}${off}`);
    await assertSame(`${USERS}${POSTS}`, `${USERS}${POSTS}${off}`, `${USERS}${POSTS}`);
  }
});

models.after(() => shadow.close());
models.run();
