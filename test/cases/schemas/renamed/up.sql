ALTER SCHEMA "app" RENAME TO "blog";
ALTER TABLE "blog"."posts" ADD COLUMN "title" text;
