DROP POLICY "own" ON "public"."users";
