ALTER PUBLICATION "p" DROP TABLE ONLY "public"."x";
DROP TABLE "public"."x";
