import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { statedOwners } from '../../src/load/statedOwners.ts';

const said = (sql: string, ...settings: readonly string[]) => [...statedOwners([{ sql, settings }])];

test('whatever is given an owner in so many words is named, dotted and unquoted', () => {
  assert.equal(said('ALTER TABLE ONLY public."My posts" OWNER TO editor'), ['public.My posts']);
  assert.equal(said('alter function twice(int, text)\n owner to current_user'), ['public.twice']);
  assert.equal(said('ALTER TEXT SEARCH DICTIONARY app.words OWNER TO editor'), ['app.words']);
  assert.equal(said('ALTER SCHEMA app OWNER TO editor'), ['app']);
  assert.equal(said('ALTER FOREIGN DATA WRAPPER far OWNER TO editor'), ['far']);
});

test('a name without a schema is where the search_path says', () => {
  assert.equal(said('ALTER TABLE posts OWNER TO editor', 'SET search_path = app, public'), ['app.posts']);
});

test('what only mentions the words names nothing', () => {
  assert.equal(said("COMMENT ON TABLE posts IS 'ALTER TABLE posts OWNER TO editor'"), []);
  assert.equal(said('ALTER TABLE posts ADD COLUMN owner text'), []);
});

test.run();
