DROP INDEX "public"."t_a_idx";
ALTER COLLATION "public"."c" RENAME TO "old__c";
CREATE COLLATION "public"."c" (PROVIDER = icu, LOCALE = 'de');
ALTER TABLE "public"."t" ALTER COLUMN "a" TYPE text COLLATE public.c USING "a"::text::text;
CREATE INDEX t_a_idx ON public.t USING btree (a);
DROP COLLATION "public"."old__c";
