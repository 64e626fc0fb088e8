ALTER TABLE "public"."child" ADD COLUMN "c" date;
ALTER TABLE "public"."parent" ALTER COLUMN "a" SET NOT NULL;
ALTER TABLE "public"."child" ALTER COLUMN "a" SET NOT NULL;
ALTER TABLE "public"."child" INHERIT public.parent;
ALTER TABLE "public"."parent" ADD COLUMN "c" date;
ALTER TABLE ONLY "public"."child" ALTER COLUMN "a" SET DEFAULT 5;
ALTER TABLE ONLY "public"."parent" ALTER COLUMN "a" SET DEFAULT 5;
CREATE INDEX child_a_idx ON public.child USING btree (a);
