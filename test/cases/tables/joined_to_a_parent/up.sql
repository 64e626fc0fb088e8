ALTER TABLE "public"."notes" ADD COLUMN "id" bigint NOT NULL;
ALTER TABLE "public"."notes" ADD COLUMN "made_at" date DEFAULT now();
ALTER TABLE "public"."notes" ADD CONSTRAINT "id_positive" CHECK ((id > 0));
ALTER TABLE "public"."notes" INHERIT public.records;
CREATE INDEX notes_made_at ON public.notes USING btree (made_at);
