CREATE OR REPLACE RULE watch AS
    ON INSERT TO public.users DO  INSERT INTO public.log (id)
  VALUES (new.id);
ALTER TABLE "public"."users" ENABLE RULE "watch";
