ALTER TABLE "public"."posts" ALTER COLUMN "a" TYPE integer USING "a"::integer;
ALTER TABLE "public"."posts" ALTER COLUMN "b" TYPE character varying(9);
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "b" SET STORAGE MAIN;
ALTER TABLE "public"."posts" ALTER COLUMN "c" TYPE text;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "c" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "c" SET COMPRESSION pglz;
