ALTER TYPE "public"."pair" RENAME TO "old__pair";
ALTER DOMAIN "public"."work_mail" RENAME TO "old__work_mail";
CREATE DOMAIN "public"."work_mail" AS text;
CREATE TYPE "public"."pair" AS ("a" text, "b" text);
DROP DOMAIN "public"."old__work_mail";
DROP TYPE "public"."old__pair";
DROP DOMAIN "public"."mail";
