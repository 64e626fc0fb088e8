CREATE TABLE "public"."records" (
  "id" bigint NOT NULL,
  CONSTRAINT "id_positive" CHECK ((id > 0))
);
ALTER TABLE "public"."notes" INHERIT public.records;
ALTER TABLE "public"."notes" NO INHERIT public.entries;
DROP TABLE "public"."entries";
