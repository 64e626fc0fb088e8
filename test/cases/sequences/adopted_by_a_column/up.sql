ALTER SEQUENCE "public"."n" OWNED BY "public"."a"."id";
ALTER TABLE ONLY "public"."a" ALTER COLUMN "id" SET DEFAULT nextval('public.n'::regclass);
