DROP TABLE "public"."posts";
CREATE TABLE "public"."records" (
  "id" integer,
  "title" text,
  "source" text,
  "scan" text
);
ALTER TABLE ONLY "public"."records" ALTER COLUMN "scan" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."records" ALTER COLUMN "source" SET STORAGE EXTERNAL;
CREATE TABLE "public"."notes" (
  "body" text
) INHERITS (public.records);
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "source" SET STORAGE EXTENDED;
ALTER TABLE ONLY "public"."notes" ALTER COLUMN "title" SET STATISTICS 500;
