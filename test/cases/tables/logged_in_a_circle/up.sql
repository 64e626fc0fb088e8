ALTER TABLE "public"."a" DROP CONSTRAINT "to_b";
ALTER TABLE "public"."b" DROP CONSTRAINT "to_a";
ALTER TABLE "public"."a" SET LOGGED;
ALTER TABLE "public"."b" SET LOGGED;
ALTER TABLE "public"."a" ADD CONSTRAINT "to_b" FOREIGN KEY (b) REFERENCES public.b(id);
ALTER TABLE "public"."b" ADD CONSTRAINT "to_a" FOREIGN KEY (a) REFERENCES public.a(id);
COMMENT ON CONSTRAINT "to_a" ON "public"."b" IS 'kept';
