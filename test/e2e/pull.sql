CREATE SCHEMA billing;
CREATE SCHEMA "Odd Schema";
COMMENT ON SCHEMA billing IS 'Money';
CREATE TYPE mood AS ENUM ('good', 'it''s bad', 'back\slash');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE address AS (street text, city text);
CREATE TYPE billing.span AS RANGE (subtype = float8);
CREATE SEQUENCE billing.invoice_number INCREMENT BY 10 START 1000;
CREATE COLLATION billing.german (provider = libc, locale = 'C');

CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100) PRIMARY KEY,
  name varchar(200) NOT NULL DEFAULT 'no `name` ${yet}',
  "userId" int,
  user_id int UNIQUE,
  mail email,
  home address,
  mood mood DEFAULT 'good',
  moods mood[],
  tags text[] NOT NULL DEFAULT '{}',
  settings jsonb NOT NULL DEFAULT '{"a": [1]}',
  score numeric(10, 2) DEFAULT 1.50,
  created timestamptz(3) NOT NULL DEFAULT now(),
  doubled int GENERATED ALWAYS AS (user_id * 2) STORED,
  sorted text COLLATE billing.german,
  "1" boolean DEFAULT true,
  "create" text DEFAULT E'a\\b',
  posted int,
  CONSTRAINT users_name_length CHECK (length(name) > 1),
  CONSTRAINT name_and_number UNIQUE (name, user_id) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE users IS 'Who''s who';
COMMENT ON COLUMN users.name IS 'With `ticks` and ${braces}';
CREATE TABLE posts (
  id serial PRIMARY KEY,
  author bigint NOT NULL REFERENCES users ON DELETE CASCADE,
  title text NOT NULL,
  body text
);
ALTER TABLE users ADD CONSTRAINT users_posted FOREIGN KEY (posted) REFERENCES posts (id) ON DELETE SET NULL DEFERRABLE;
ALTER TABLE posts ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN title SET STATISTICS 500;
CREATE INDEX posts_title ON posts (lower(title), id DESC) INCLUDE (author) WHERE author > 0;
CREATE UNIQUE INDEX ON posts (title text_pattern_ops) NULLS NOT DISTINCT WITH (fillfactor = 70);
CREATE STATISTICS posts_facts (dependencies) ON author, title FROM posts;
CREATE TABLE pairs (one int, other int, weight real, PRIMARY KEY (other, one));
CREATE TABLE pair_notes (id smallserial, one int, other int, FOREIGN KEY (other, one) REFERENCES pairs);
CREATE TABLE bookings (during tsrange, EXCLUDE USING gist (during WITH &&));

CREATE TABLE "User" (id int);
CREATE TABLE "USER" (id int);
CREATE TABLE "a/b" (id int);
CREATE TABLE "a\b" (id int, "say ""hi""" int);
CREATE TABLE "../../up" (id int);
CREATE TABLE con (id int);
CREATE TABLE types (id int);
CREATE TABLE "Odd Schema"."Mixed Case" ("Some Column" int PRIMARY KEY, "order" int DEFAULT nextval('billing.invoice_number'));
CREATE TABLE billing.users (id int PRIMARY KEY REFERENCES posts);

CREATE TABLE animals (name text NOT NULL);
CREATE TABLE cats (lives int DEFAULT 9) INHERITS (animals);
CREATE TABLE events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE a_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE z_rest PARTITION OF events DEFAULT;
CREATE INDEX events_kind ON events (kind);
CREATE UNLOGGED TABLE caches (id int) WITH (fillfactor = 50);

CREATE VIEW billing.active WITH (security_barrier) AS SELECT id, name FROM public.users WHERE mood <> 'it''s bad';
CREATE VIEW again AS SELECT * FROM billing.active;
COMMENT ON VIEW again IS 'Once more';
CREATE MATERIALIZED VIEW totals AS SELECT author, count(*) AS posts FROM posts GROUP BY author;
CREATE UNIQUE INDEX totals_author ON totals (author);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := trim(NEW.title); RETURN NEW; END $$;
CREATE FUNCTION billing.total(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION billing.total(a text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT a; END;
CREATE PROCEDURE clean() LANGUAGE sql AS 'DELETE FROM public.posts';
CREATE AGGREGATE billing.sum_up (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE TRIGGER touch_posts BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE RULE keep AS ON DELETE TO pairs DO INSTEAD NOTHING;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts FOR SELECT USING (author > 0);
GRANT SELECT ON posts TO PUBLIC;
GRANT UPDATE (title) ON posts TO PUBLIC;
REVOKE EXECUTE ON FUNCTION touch() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT SELECT ON TABLES TO PUBLIC;
CREATE TABLE billing.after_defaults (id int);
CREATE TABLE billing.without_defaults (id int);
REVOKE ALL ON billing.without_defaults FROM PUBLIC;
