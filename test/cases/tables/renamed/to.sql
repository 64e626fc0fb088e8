-- @renamed from=people
CREATE TABLE users (
  -- @renamed from=id
  number int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME user_numbers) PRIMARY KEY,
  full_name varchar(200), -- @renamed from=name
  code bigint,
  -- @renamed from=code_positive
  CONSTRAINT code_above_zero CHECK (code > 0)
);
-- @renamed from=people_by_name
CREATE INDEX users_by_name ON users (full_name);
-- @renamed from=people_codes
CREATE SEQUENCE user_codes OWNED BY users.code;
-- @renamed from=people_stats
CREATE STATISTICS user_stats ON full_name, code FROM users;
CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
-- @renamed from=touched
CREATE TRIGGER stamped BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
-- @renamed from=keep
CREATE RULE stay AS ON DELETE TO users DO INSTEAD NOTHING;
-- @renamed from=own
CREATE POLICY owned ON users USING (full_name = current_user);
GRANT SELECT ON users TO reader;
CREATE VIEW names AS SELECT full_name AS name FROM users;
