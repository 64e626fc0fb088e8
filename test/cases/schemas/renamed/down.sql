ALTER TABLE "blog"."posts" DROP COLUMN "title";
ALTER SCHEMA "blog" RENAME TO "app";
