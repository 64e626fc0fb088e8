ALTER TABLE "public"."a" RESET (fillfactor);
