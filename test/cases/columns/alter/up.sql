ALTER TABLE "public"."posts" ADD COLUMN "body" text;
ALTER TABLE "public"."posts" ALTER COLUMN "id" TYPE bigint;
ALTER TABLE "public"."posts" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."posts" ALTER COLUMN "title" TYPE character varying(50) COLLATE pg_catalog."C";
