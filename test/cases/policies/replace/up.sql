DROP POLICY "own" ON "public"."users";
CREATE POLICY "own" ON "public"."users" AS RESTRICTIVE FOR SELECT TO PUBLIC USING ((name = CURRENT_USER));
