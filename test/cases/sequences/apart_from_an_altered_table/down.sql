ALTER TABLE "public"."users" SET UNLOGGED;
ALTER SEQUENCE "public"."numbers" SET LOGGED;
