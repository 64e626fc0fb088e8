ALTER TABLE "public"."posts" DROP COLUMN "body";
ALTER TABLE "public"."posts" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE "public"."posts" ALTER COLUMN "id" TYPE integer USING "id"::integer;
ALTER TABLE "public"."posts" ALTER COLUMN "title" TYPE text USING "title"::text;
