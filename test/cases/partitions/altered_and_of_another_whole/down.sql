ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE "public"."logs_a" DROP CONSTRAINT "logs_a_at_what_key";
DROP TABLE "public"."logs";
CREATE TABLE "public"."logs" (
  "at" date,
  "what" text
) PARTITION BY RANGE (at, ((what || 'x'::text)));
ALTER TABLE "public"."logs_a" RESET (fillfactor);
ALTER TABLE "public"."logs_a" ALTER COLUMN "at" DROP NOT NULL;
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01', 'a') TO ('2027-01-01', MAXVALUE);
