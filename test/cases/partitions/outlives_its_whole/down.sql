DROP TABLE "public"."logs";
CREATE TABLE "public"."days" (
  "day" date NOT NULL,
  CONSTRAINT "days_pkey" PRIMARY KEY (day)
);
CREATE TABLE "public"."logs" (
  "day" date,
  "what" text
) PARTITION BY RANGE (day);
CREATE TABLE "public"."logs_b" (
  "day" date,
  "what" text
) PARTITION BY LIST (what);
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_b" DEFAULT;
ALTER TABLE ONLY "public"."logs_b" ATTACH PARTITION "public"."logs_c" DEFAULT;
ALTER TABLE "public"."logs" ADD CONSTRAINT "log day" FOREIGN KEY (day) REFERENCES public.days(day);
CREATE INDEX logs_what_idx ON ONLY public.logs USING btree (what);
CREATE INDEX logs_a_what_idx ON public.logs_a USING btree (what);
CREATE INDEX logs_b_what_idx ON ONLY public.logs_b USING btree (what);
CREATE INDEX logs_c_what_idx ON public.logs_c USING btree (what);
ALTER INDEX "public"."logs_what_idx" ATTACH PARTITION "public"."logs_a_what_idx";
ALTER INDEX "public"."logs_what_idx" ATTACH PARTITION "public"."logs_b_what_idx";
ALTER INDEX "public"."logs_b_what_idx" ATTACH PARTITION "public"."logs_c_what_idx";
