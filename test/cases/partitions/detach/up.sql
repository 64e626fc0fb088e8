ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_1";
