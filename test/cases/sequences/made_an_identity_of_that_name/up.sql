ALTER TABLE ONLY "public"."notes" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "public"."notes_id_seq";
ALTER TABLE "public"."lists" ALTER COLUMN "place" SET NOT NULL;
CREATE SEQUENCE "public"."lists_place_seq" AS integer OWNED BY "public"."lists"."place";
ALTER TABLE "public"."notes" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE ONLY "public"."lists" ALTER COLUMN "place" SET DEFAULT nextval('public.lists_place_seq'::regclass);
DROP SEQUENCE "public"."shared";
