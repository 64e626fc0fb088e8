ALTER TABLE "public"."posts" ALTER COLUMN "a" TYPE text;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "a" SET STORAGE EXTERNAL;
ALTER TABLE "public"."posts" ALTER COLUMN "b" TYPE text;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "b" SET COMPRESSION pglz;
ALTER TABLE "public"."posts" ALTER COLUMN "c" TYPE integer USING "c"::integer;
