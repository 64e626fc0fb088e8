ALTER TABLE "public"."orders" NO INHERIT public.named;
ALTER TABLE "public"."orders" INHERIT public.named;
ALTER TABLE "public"."orders" NO INHERIT public.numbered;
ALTER TABLE "public"."orders" DROP COLUMN "number";
