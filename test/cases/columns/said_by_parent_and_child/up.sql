ALTER TABLE "public"."animals" DROP CONSTRAINT "named";
ALTER TABLE "public"."dogs" DROP CONSTRAINT "named";
ALTER TABLE "public"."animals" DROP COLUMN "name";
ALTER TABLE "public"."dogs" DROP COLUMN "name";
