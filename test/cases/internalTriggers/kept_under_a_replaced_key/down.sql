DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."orders"'::regclass AND c.conname = 'orders_user_fkey'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" ENABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint orders_user_fkey is not there';
  END IF;
END $$;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_user_fkey";
DROP TABLE "public"."bills";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_user_fkey" FOREIGN KEY ("user") REFERENCES public.users(id);
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE t.tgrelid = '"public"."users"'::regclass AND c.conrelid = '"public"."orders"'::regclass AND c.conname = 'orders_user_fkey'
  LOOP
    EXECUTE format('ALTER TABLE ONLY "public"."users" DISABLE TRIGGER %I', name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = 'constraint orders_user_fkey is not there';
  END IF;
END $$;
