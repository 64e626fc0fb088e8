ALTER DOMAIN "public"."mail" RENAME TO "old__mail";
CREATE DOMAIN "public"."mail" AS text NOT NULL CONSTRAINT "mail_check" CHECK ((VALUE <> ''::text));
ALTER TABLE "public"."users" ALTER COLUMN "mails" TYPE public.mail[] USING "mails"::text[]::public.mail[];
DROP DOMAIN "public"."old__mail";
