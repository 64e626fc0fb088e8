ALTER TABLE "public"."orders" ADD COLUMN "number" integer;
ALTER TABLE "public"."orders" INHERIT public.numbered;
ALTER TABLE "public"."orders" NO INHERIT public.named;
ALTER TABLE "public"."orders" INHERIT public.named;
ALTER TABLE "public"."orders" NO INHERIT public.dated;
ALTER TABLE "public"."orders" INHERIT public.dated;
