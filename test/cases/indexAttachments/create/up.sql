CREATE INDEX by_id ON ONLY public.logs USING btree (id);
CREATE INDEX logs_1_id_idx ON public.logs_1 USING btree (id);
ALTER INDEX "public"."by_id" ATTACH PARTITION "public"."logs_1_id_idx";
