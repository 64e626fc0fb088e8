ALTER TABLE "public"."others" OF public.person;
ALTER TABLE "public"."people" NOT OF;
ALTER TABLE "public"."people" ADD COLUMN "born" date;
