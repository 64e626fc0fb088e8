ALTER TABLE "public"."a" SET (fillfactor = 70);
