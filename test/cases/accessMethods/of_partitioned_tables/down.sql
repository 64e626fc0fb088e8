DROP TABLE "public"."c_2026";
DROP TABLE "public"."c";
ALTER TABLE "public"."a" SET ACCESS METHOD DEFAULT;
ALTER TABLE "public"."b" SET ACCESS METHOD "heap";
