DROP TYPE "public"."pair";
