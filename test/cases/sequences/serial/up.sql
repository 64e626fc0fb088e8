ALTER TABLE "public"."a" ADD COLUMN "id" bigint NOT NULL;
CREATE SEQUENCE "public"."a_id_seq" OWNED BY "public"."a"."id";
ALTER TABLE ONLY "public"."a" ALTER COLUMN "id" SET DEFAULT nextval('public.a_id_seq'::regclass);
ALTER TABLE "public"."a" ADD CONSTRAINT "a_pkey" PRIMARY KEY (id);
