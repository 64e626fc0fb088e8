ALTER TABLE "public"."posts" DROP COLUMN "title";
ALTER TABLE "public"."posts" ADD COLUMN "title" text GENERATED ALWAYS AS (('post '::text || id)) STORED;
