DROP TABLE "public"."posts";
CREATE TABLE "public"."posts" (
  "id" integer,
  "title" text
) PARTITION BY RANGE (id);
