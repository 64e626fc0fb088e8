ALTER TABLE "public"."a" ADD COLUMN "id" bigint;
CREATE SEQUENCE "public"."a_id_seq" OWNED BY "public"."a"."id";
ALTER TABLE ONLY "public"."a" ALTER COLUMN "id" SET DEFAULT nextval('public.a_id_seq'::regclass);
UPDATE "public"."a" SET "id" = DEFAULT;
ALTER TABLE "public"."a" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."a" ADD CONSTRAINT "a_pkey" PRIMARY KEY (id);
