ALTER TABLE "public"."users" SET LOGGED;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE bigint USING "id"::bigint;
ALTER SEQUENCE "public"."numbers" SET LOGGED;
