ALTER TABLE "public"."users" SET LOGGED;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE bigint;
ALTER SEQUENCE "public"."numbers" SET LOGGED;
