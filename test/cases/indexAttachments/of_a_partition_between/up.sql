ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_b";
CREATE TABLE "public"."logs_a" (
  "day" date,
  "what" text
) PARTITION BY LIST (what);
CREATE TABLE "public"."logs_c" (
  "day" date,
  "what" text
) PARTITION BY RANGE (day);
ALTER TABLE ONLY "public"."logs_c" ATTACH PARTITION "public"."logs_b" DEFAULT;
ALTER TABLE ONLY "public"."logs_a" ATTACH PARTITION "public"."logs_c" DEFAULT;
ALTER TABLE ONLY "public"."logs_a" ADD CONSTRAINT "logs_a_day_what_key" UNIQUE (day, what);
ALTER TABLE ONLY "public"."logs_c" ADD CONSTRAINT "logs_c_day_what_key" UNIQUE (day, what);
CREATE INDEX logs_a_what_idx ON ONLY public.logs_a USING btree (what);
CREATE INDEX logs_c_what_idx ON ONLY public.logs_c USING btree (what);
ALTER INDEX "public"."logs_c_day_what_key" ATTACH PARTITION "public"."logs_b_day_what_key";
ALTER INDEX "public"."logs_c_what_idx" ATTACH PARTITION "public"."logs_b_what_idx";
ALTER INDEX "public"."logs_a_day_what_key" ATTACH PARTITION "public"."logs_c_day_what_key";
ALTER INDEX "public"."logs_a_what_idx" ATTACH PARTITION "public"."logs_c_what_idx";
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" DEFAULT;
ALTER INDEX "public"."logs_day_what_key" ATTACH PARTITION "public"."logs_a_day_what_key";
ALTER INDEX "public"."logs_what_idx" ATTACH PARTITION "public"."logs_a_what_idx";
