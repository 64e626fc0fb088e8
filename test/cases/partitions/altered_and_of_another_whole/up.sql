ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
DROP TABLE "public"."logs";
CREATE TABLE "public"."logs" (
  "at" date NOT NULL,
  "what" text
) PARTITION BY RANGE (at);
ALTER TABLE "public"."logs_a" SET (fillfactor = 80);
ALTER TABLE "public"."logs_a" ALTER COLUMN "at" SET NOT NULL;
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE ONLY "public"."logs" ADD CONSTRAINT "logs_at_what_key" UNIQUE (at, what);
ALTER TABLE "public"."logs_a" ADD CONSTRAINT "logs_a_at_what_key" UNIQUE (at, what);
ALTER INDEX "public"."logs_at_what_key" ATTACH PARTITION "public"."logs_a_at_what_key";
