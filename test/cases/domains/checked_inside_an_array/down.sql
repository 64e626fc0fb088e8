ALTER DOMAIN "public"."mail" DROP CONSTRAINT "mail_check";
ALTER DOMAIN "public"."mail" DROP NOT NULL;
