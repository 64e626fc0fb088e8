ALTER TYPE "public"."pair" RENAME TO "old__pair";
ALTER DOMAIN "public"."work_mail" RENAME TO "old__work_mail";
CREATE DOMAIN "public"."mail" AS text CONSTRAINT "mail_check" CHECK ((VALUE <> ''::text));
CREATE DOMAIN "public"."work_mail" AS public.mail[];
CREATE TYPE "public"."pair" AS ("a" integer, "b" public.mail);
DROP DOMAIN "public"."old__work_mail";
DROP TYPE "public"."old__pair";
