DROP INDEX "public"."i";
ALTER TABLE "public"."posts" ALTER COLUMN "n" TYPE text;
CREATE INDEX i ON public.posts USING btree (((n IS NULL)));
ALTER INDEX "public"."i" ALTER COLUMN 1 SET STATISTICS 50;
