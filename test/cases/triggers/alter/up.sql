ALTER TABLE "public"."users" DISABLE TRIGGER "late";
CREATE OR REPLACE TRIGGER touch BEFORE UPDATE OF name ON public.users FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name)) EXECUTE FUNCTION public.touch('x');
ALTER TABLE "public"."users" ENABLE ALWAYS TRIGGER "touch";
