CREATE TABLE "public"."p2" (
  "a" integer
);
ALTER TABLE ONLY "public"."p" ATTACH PARTITION "public"."p2" FOR VALUES IN (2);
