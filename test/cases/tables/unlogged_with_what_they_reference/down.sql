ALTER TABLE "public"."users" SET LOGGED;
ALTER TABLE "public"."A" SET LOGGED;
ALTER TABLE "public"."posts" SET LOGGED;
