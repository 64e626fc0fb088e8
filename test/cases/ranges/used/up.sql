CREATE TYPE "public"."textrange" AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TABLE "public"."t" (
  "r" public.textrange,
  "m" public.textmultirange
);
