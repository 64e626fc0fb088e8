ALTER TABLE "public"."posts" ADD COLUMN "id" integer NOT NULL;
CREATE SEQUENCE "public"."posts_id_seq" AS integer;
ALTER SEQUENCE "public"."posts_id_seq" OWNER TO editor;
ALTER SEQUENCE "public"."posts_id_seq" OWNED BY "public"."posts"."id";
ALTER TABLE "public"."posts" ADD COLUMN "number" integer;
ALTER SEQUENCE "public"."free_numbers" OWNER TO editor;
ALTER SEQUENCE "public"."free_numbers" OWNED BY "public"."posts"."number";
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "id" SET DEFAULT nextval('public.posts_id_seq'::regclass);
