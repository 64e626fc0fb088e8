DROP TABLE "public"."dogs";
DROP TABLE "public"."homes";
