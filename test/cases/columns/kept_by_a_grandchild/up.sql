ALTER TABLE ONLY "public"."animals" DROP COLUMN "name";
ALTER TABLE ONLY "public"."dogs" DROP COLUMN "name";
