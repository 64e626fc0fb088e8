CREATE SEQUENCE "public"."shared";
ALTER TABLE "public"."lists" ALTER COLUMN "place" DROP NOT NULL;
ALTER TABLE "public"."notes" ALTER COLUMN "id" DROP IDENTITY;
CREATE SEQUENCE "public"."notes_id_seq";
ALTER TABLE ONLY "public"."lists" ALTER COLUMN "place" SET DEFAULT nextval('public.shared'::regclass);
DROP SEQUENCE "public"."lists_place_seq";
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "id" SET DEFAULT nextval('public.notes_id_seq'::regclass);
