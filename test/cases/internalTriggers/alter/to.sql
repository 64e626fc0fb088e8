CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, "user" int CONSTRAINT orders_user_fkey REFERENCES users);
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'users'::regclass AND tgfoid = '"RI_FKey_noaction_del"'::regproc LOOP
    EXECUTE format('ALTER TABLE users DISABLE TRIGGER %I', name);
  END LOOP;
END $$;
