ALTER TABLE "public"."users" SET UNLOGGED;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE integer;
ALTER SEQUENCE "public"."numbers" SET LOGGED;
