ALTER TABLE "public"."records" ADD COLUMN "scan" text;
ALTER TABLE ONLY "public"."records" ALTER COLUMN "scan" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "scan" SET STORAGE EXTERNAL;
ALTER TABLE "public"."records" ADD COLUMN "source" text;
ALTER TABLE ONLY "public"."records" ALTER COLUMN "source" SET STORAGE EXTERNAL;
ALTER TABLE "public"."records" ADD COLUMN "title" text;
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "title" SET STATISTICS 500;
