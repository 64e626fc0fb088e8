ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE "public"."logs_a" DROP CONSTRAINT IF EXISTS "log day";
DROP INDEX "public"."logs_a_what_idx";
ALTER TABLE "public"."logs_b" DETACH PARTITION "public"."logs_c";
ALTER TABLE "public"."logs_c" DROP CONSTRAINT IF EXISTS "log day";
DROP INDEX "public"."logs_c_what_idx";
DROP TABLE "public"."logs_b";
DROP TABLE "public"."logs";
DROP TABLE "public"."days";
CREATE TABLE "public"."logs" (
  "day" date,
  "what" text
);
