ALTER TABLE "public"."dogs" ADD COLUMN "name" text NOT NULL;
ALTER TABLE "public"."animals" ADD COLUMN "name" text NOT NULL;
ALTER TABLE "public"."dogs" ADD CONSTRAINT "named" CHECK ((name <> ''::text));
ALTER TABLE "public"."animals" ADD CONSTRAINT "named" CHECK ((name <> ''::text));
