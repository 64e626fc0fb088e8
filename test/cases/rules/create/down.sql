DROP RULE "watch" ON "public"."users";
