DROP TRIGGER "late" ON "public"."users";
DROP TRIGGER "touch" ON "public"."users";
