ALTER TABLE "public"."posts" DROP CONSTRAINT "known";
ALTER TABLE "public"."posts" DROP CONSTRAINT "other";
ALTER TABLE "public"."posts" DROP CONSTRAINT "posts_reader";
CREATE TABLE "public"."drafts" (
  "id" integer NOT NULL,
  CONSTRAINT "drafts_pkey" PRIMARY KEY (id),
  CONSTRAINT "small" CHECK ((id < 9)) NOT ENFORCED
);
ALTER TABLE "public"."posts" ADD CONSTRAINT "known" CHECK ((author > 0));
ALTER TABLE "public"."posts" ADD CONSTRAINT "other" CHECK ((editor > 0)) NOT ENFORCED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_author" NOT ENFORCED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_editor" ENFORCED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_editor" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_late" ENFORCED;
ALTER TABLE "public"."posts" ADD CONSTRAINT "posts_reader" FOREIGN KEY (reader) REFERENCES public.users(id) NOT VALID;
COMMENT ON CONSTRAINT "known" ON "public"."posts" IS 'not looked at';
