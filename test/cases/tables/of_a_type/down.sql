ALTER TABLE ONLY "public"."pairs" ALTER COLUMN "b" DROP DEFAULT;
DROP TABLE "public"."more_pairs";
ALTER TYPE "public"."pair" DROP ATTRIBUTE "a" CASCADE;
ALTER TABLE "public"."pairs" ALTER COLUMN "b" DROP NOT NULL;
