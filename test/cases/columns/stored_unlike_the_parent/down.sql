DROP TABLE "public"."notes";
DROP TABLE "public"."records";
CREATE TABLE "public"."posts" (
  "id" integer
);
