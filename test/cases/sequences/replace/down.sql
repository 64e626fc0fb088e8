ALTER TABLE ONLY "public"."notes" ALTER COLUMN "event" DROP DEFAULT;
DROP TABLE "public"."events";
CREATE TABLE "public"."events" (
  "id" bigint NOT NULL,
  "at" date
);
ALTER TABLE "public"."events" OWNER TO editor;
CREATE SEQUENCE "public"."events_id_seq";
ALTER SEQUENCE "public"."events_id_seq" OWNER TO editor;
ALTER SEQUENCE "public"."events_id_seq" OWNED BY "public"."events"."id";
ALTER TABLE ONLY "public"."events" ALTER COLUMN "id" SET DEFAULT nextval('public.events_id_seq'::regclass);
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "event" SET DEFAULT currval('public.events_id_seq'::regclass);
GRANT USAGE ON SEQUENCE public.events_id_seq TO reader;
COMMENT ON SEQUENCE "public"."events_id_seq" IS 'numbers of events';
