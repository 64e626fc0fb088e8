ALTER TABLE "public"."users" SET LOGGED;
ALTER SEQUENCE "public"."numbers" SET LOGGED;
