ALTER TABLE "public"."posts" DROP COLUMN "body";
ALTER TABLE "public"."posts" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE "public"."posts" ALTER COLUMN "id" TYPE integer;
ALTER TABLE "public"."posts" ALTER COLUMN "title" TYPE text;
