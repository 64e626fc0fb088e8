CREATE TABLE "public"."p" (
  "a" integer
) PARTITION BY LIST (a);
CREATE TABLE "public"."p1" (
  "a" integer
);
ALTER TABLE ONLY "public"."p" ATTACH PARTITION "public"."p1" FOR VALUES IN (1);
CREATE TRIGGER tr AFTER INSERT ON public.p FOR EACH ROW EXECUTE FUNCTION public.touch();
