ALTER TABLE "public"."b" INHERIT public.a;
