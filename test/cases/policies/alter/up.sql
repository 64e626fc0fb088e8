ALTER POLICY "own" ON "public"."users" TO reader, writer USING ((name = SESSION_USER)) WITH CHECK ((id > 0));
