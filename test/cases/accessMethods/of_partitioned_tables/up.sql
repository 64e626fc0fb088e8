ALTER TABLE "public"."a" SET ACCESS METHOD "heap2";
ALTER TABLE "public"."b" SET ACCESS METHOD DEFAULT;
CREATE TABLE "public"."c" (
  "at" date
) PARTITION BY RANGE (at) USING "heap2";
CREATE TABLE "public"."c_2026" (
  "at" date
) USING "heap2";
ALTER TABLE ONLY "public"."c" ATTACH PARTITION "public"."c_2026" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
