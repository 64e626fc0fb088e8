CREATE TABLE "public"."posts" (
  "id" integer,
  "title" text
);
