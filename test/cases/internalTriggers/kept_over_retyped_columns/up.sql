DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."users"'::regclass AND c.conname = 'users_n_id_key'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" ENABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint users_n_id_key is not there';
  END IF;
END $$;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."users"'::regclass AND c.conname = 'users_ref_fkey'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" ENABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint users_ref_fkey is not there';
  END IF;
END $$;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE integer;
ALTER TABLE "public"."users" ALTER COLUMN "ref" TYPE integer;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."users"'::regclass AND c.conname = 'users_n_id_key'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" DISABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint users_n_id_key is not there';
  END IF;
END $$;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."users"'::regclass AND c.conname = 'users_ref_fkey'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" DISABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint users_ref_fkey is not there';
  END IF;
END $$;
