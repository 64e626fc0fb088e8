CREATE TABLE "public"."entries" (
  "id" bigint NOT NULL,
  CONSTRAINT "id_positive" CHECK ((id > 0))
);
ALTER TABLE "public"."notes" INHERIT public.entries;
ALTER TABLE "public"."notes" NO INHERIT public.records;
DROP TABLE "public"."records";
