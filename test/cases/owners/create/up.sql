CREATE SCHEMA "app";
ALTER SCHEMA "app" OWNER TO editor;
ALTER TABLE "public"."posts" OWNER TO "the author";
CREATE TABLE "public"."notes" (
  "id" integer NOT NULL
);
ALTER TABLE "public"."notes" OWNER TO editor;
CREATE SEQUENCE "public"."notes_id_seq" AS integer;
ALTER SEQUENCE "public"."notes_id_seq" OWNER TO editor;
ALTER SEQUENCE "public"."notes_id_seq" OWNED BY "public"."notes"."id";
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "id" SET DEFAULT nextval('public.notes_id_seq'::regclass);
ALTER TABLE "public"."notes" ADD CONSTRAINT "notes_pkey" PRIMARY KEY (id);
CREATE VIEW "public"."titles" AS
 SELECT title
   FROM public.posts;
ALTER VIEW "public"."titles" OWNER TO editor;
GRANT SELECT ON TABLE public.titles TO reader;
