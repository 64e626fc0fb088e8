/**
 * A project in files, each of which comes in several versions: any choice of versions is a project, though not always one that PostgreSQL
 * takes. What depends on what runs across the files, by the catalog and behind its back.
 */
export const EDITABLE: Readonly<Record<string, readonly string[]>> = {
  'a_types.sql': [
    `CREATE TYPE mood AS ENUM ('sad', 'ok')`,
    `CREATE TYPE mood AS ENUM ('sad', 'fine', 'ok'); COMMENT ON TYPE mood IS 'how one feels'`,
    `CREATE TYPE mood AS ENUM ('ok'); CREATE TYPE pair AS (a int, b text)`,
    `CREATE DOMAIN mood AS text CHECK (VALUE <> '')`,
  ],
  'b_users.sql': [
    `CREATE TABLE users (id int PRIMARY KEY, name text)`,
    `CREATE TABLE users (id int PRIMARY KEY, name text, nick text, CHECK (name <> nick)); CREATE INDEX ON users (nick)`,
    `CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50) NOT NULL DEFAULT 'x', feels mood); COMMENT ON COLUMN users.feels IS 'f'`,
    `CREATE TABLE users (id int, name text, UNIQUE (id)); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON users USING (name = current_user)`,
    `CREATE TABLE users (key int PRIMARY KEY)`,
    ``,
  ],
  'c_posts.sql': [
    `CREATE TABLE posts (id serial PRIMARY KEY, user_id int REFERENCES users, title text)`,
    `CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY, user_id bigint, title text DEFAULT upper('a'), feels mood); ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users (id)`,
    `CREATE TABLE posts (title text, id int, twice int GENERATED ALWAYS AS (id * 2) STORED, CHECK (id > 0), CHECK (id < 9)); CREATE STATISTICS st ON id, title FROM posts`,
    `CREATE TABLE posts (id int PRIMARY KEY, score int DEFAULT one()); CREATE UNIQUE INDEX posts_score ON posts (score); CREATE INDEX posts_sum ON posts ((id + score)); COMMENT ON INDEX posts_score IS 'i'`,
  ],
  'd_views.sql': [
    `CREATE VIEW v AS SELECT * FROM posts; CREATE VIEW w AS SELECT count(*) FROM v`,
    `CREATE VIEW v AS SELECT id FROM posts; GRANT SELECT ON v TO reader; CREATE MATERIALIZED VIEW m AS SELECT id FROM v; CREATE INDEX ON m (id)`,
    `CREATE VIEW v AS SELECT u.name, p.* FROM posts p JOIN users u ON true; COMMENT ON VIEW v IS 'both'`,
    ``,
  ],
  'e_routines.sql': [
    `CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    `CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM posts'; CREATE FUNCTION one(a int) RETURNS int LANGUAGE sql AS 'SELECT a'`,
    `CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 2; END; CREATE FUNCTION last() RETURNS SETOF posts LANGUAGE sql AS 'SELECT * FROM posts'`,
    `CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT id FROM posts LIMIT 1); END'; CREATE FUNCTION named() RETURNS text LANGUAGE sql AS 'SELECT name::text FROM users'`,
  ],
  'f_triggers.sql': [
    `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER touched BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION touch()`,
    `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'; CREATE TRIGGER touched BEFORE UPDATE OF title ON posts FOR EACH ROW EXECUTE FUNCTION touch()`,
    `CREATE RULE quiet AS ON DELETE TO posts DO INSTEAD NOTHING; GRANT SELECT (id), INSERT ON posts TO reader; GRANT UPDATE ON users, posts TO reader`,
    ``,
  ],
  'g_parts.sql': [
    `CREATE TABLE logs (at date, what text) PARTITION BY RANGE (at); CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); CREATE INDEX ON logs (at)`,
    `CREATE TABLE logs (at date, what text, who int REFERENCES users (id)) PARTITION BY RANGE (at); CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2028-01-01')`,
    `CREATE TABLE logs (at date); CREATE TABLE logs_a (extra int) INHERITS (logs); CREATE INDEX ON logs_a (extra)`,
    `CREATE TABLE logs (at date); CREATE TABLE logs_a (extra int, at date)`,
    ``,
  ],
  'h_names.sql': [
    `CREATE TABLE a (b_c int); CREATE INDEX ON a (b_c)`,
    `CREATE TABLE a (b_c int, d int); CREATE INDEX ON a (b_c); CREATE INDEX ON a (b_c)`,
    `CREATE TABLE a (d int)`,
    ``,
  ],
  'i_names.sql': [
    `CREATE TABLE a_b (c int); CREATE INDEX ON a_b (c)`,
    `CREATE TABLE a_b (c bigint, UNIQUE (c)); CREATE INDEX ON a_b (c)`,
    ``,
  ],
  'j_sequences.sql': [
    `CREATE SEQUENCE numbers; CREATE TABLE orders (number bigint DEFAULT nextval('numbers'))`,
    `CREATE SEQUENCE numbers INCREMENT 5; CREATE TABLE orders (number bigint DEFAULT nextval('numbers'), at timestamptz DEFAULT now()); ALTER SEQUENCE numbers OWNED BY orders.number`,
    `CREATE TABLE orders (number bigserial); COMMENT ON SEQUENCE orders_number_seq IS 's'`,
    ``,
  ],
  'k_app.sql': [
    `CREATE SCHEMA app; CREATE TABLE app.users (id int PRIMARY KEY); CREATE VIEW app.all_users AS SELECT id FROM app.users`,
    `CREATE SCHEMA app; CREATE TABLE app.users (id int PRIMARY KEY, outer_id int); ALTER TABLE app.users ADD FOREIGN KEY (outer_id) REFERENCES public.users (id); CREATE TYPE app.span AS RANGE (SUBTYPE = int)`,
    `CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'a'; CREATE FUNCTION app.total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.v'`,
    `CREATE SCHEMA app; CREATE AGGREGATE app.sum_of(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0'); CREATE VIEW app.sums AS SELECT app.sum_of(id) FROM public.posts`,
  ],
};
