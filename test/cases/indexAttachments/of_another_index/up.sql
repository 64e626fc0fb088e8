DROP INDEX "public"."first";
DROP INDEX "public"."second";
CREATE INDEX second ON ONLY public.logs USING btree (what);
CREATE INDEX logs_a_what_idx ON ONLY public.logs_a USING btree (what);
CREATE INDEX logs_b_what_idx ON public.logs_b USING btree (what);
ALTER INDEX "public"."second" ATTACH PARTITION "public"."logs_a_what_idx";
ALTER INDEX "public"."logs_a_what_idx" ATTACH PARTITION "public"."logs_b_what_idx";
COMMENT ON INDEX "public"."logs_b_what_idx" IS 'of the first';
