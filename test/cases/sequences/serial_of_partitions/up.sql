ALTER TABLE "public"."events" ADD COLUMN "id" bigint;
CREATE SEQUENCE "public"."events_id_seq" OWNED BY "public"."events"."id";
ALTER TABLE ONLY "public"."events" ALTER COLUMN "id" SET DEFAULT nextval('public.events_id_seq'::regclass);
UPDATE "public"."events" SET "id" = DEFAULT;
ALTER TABLE "public"."events" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE ONLY "public"."events_2026" ALTER COLUMN "id" SET DEFAULT nextval('public.events_id_seq'::regclass);
