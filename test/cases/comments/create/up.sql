COMMENT ON COLUMN "public"."users"."name" IS E'it''s \\ a name';
COMMENT ON CONSTRAINT "users_pkey" ON "public"."users" IS 'pk';
COMMENT ON INDEX public.users_pkey IS 'pi';
COMMENT ON CONSTRAINT c ON DOMAIN public.d IS 'positive';
COMMENT ON INDEX "public"."by_name" IS 'i';
COMMENT ON TABLE "public"."users" IS 'people';
COMMENT ON COLUMN public.v.id IS 'x';
