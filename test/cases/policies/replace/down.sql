DROP POLICY "own" ON "public"."users";
CREATE POLICY "own" ON "public"."users" TO PUBLIC USING ((name = CURRENT_USER));
