ALTER TABLE "public"."posts" OWNER TO editor;
CREATE TABLE "public"."notes" (
  "id" integer NOT NULL
);
ALTER TABLE "public"."notes" OWNER TO editor;
CREATE SEQUENCE "public"."notes_id_seq" AS integer;
ALTER SEQUENCE "public"."notes_id_seq" OWNER TO editor;
ALTER SEQUENCE "public"."notes_id_seq" OWNED BY "public"."notes"."id";
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "id" SET DEFAULT nextval('public.notes_id_seq'::regclass);
ALTER TABLE "public"."notes" ADD CONSTRAINT "notes_pkey" PRIMARY KEY (id);
