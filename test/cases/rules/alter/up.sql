CREATE OR REPLACE RULE watch AS
    ON INSERT TO public.users
   WHERE (new.id > 5) DO INSTEAD NOTHING;
ALTER TABLE "public"."users" DISABLE RULE "watch";
