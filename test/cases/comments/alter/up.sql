COMMENT ON COLUMN "public"."users"."name" IS NULL;
COMMENT ON CONSTRAINT "users_pkey" ON "public"."users" IS NULL;
COMMENT ON INDEX public.users_pkey IS NULL;
COMMENT ON CONSTRAINT c ON DOMAIN public.d IS NULL;
COMMENT ON INDEX "public"."by_name" IS NULL;
COMMENT ON SCHEMA "public" IS 'ours';
COMMENT ON TABLE "public"."users" IS 'all people';
COMMENT ON COLUMN public.v.id IS 'y';
