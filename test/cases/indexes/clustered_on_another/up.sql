ALTER TABLE "public"."readings" SET WITHOUT CLUSTER;
ALTER TABLE "public"."readings" CLUSTER ON "readings_pkey";
