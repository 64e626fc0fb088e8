ALTER TABLE "public"."posts" DROP CONSTRAINT "known";
ALTER TABLE "public"."posts" DROP CONSTRAINT "other";
DROP TABLE "public"."drafts";
ALTER TABLE "public"."posts" ADD CONSTRAINT "known" CHECK ((author > 0)) NOT ENFORCED;
ALTER TABLE "public"."posts" ADD CONSTRAINT "other" CHECK ((editor > 0));
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_author" ENFORCED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_editor" NOT DEFERRABLE NOT ENFORCED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_reader" NOT ENFORCED;
COMMENT ON CONSTRAINT "known" ON "public"."posts" IS 'not looked at';
