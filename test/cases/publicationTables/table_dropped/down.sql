CREATE TABLE "public"."x" (
  "a" integer
);
ALTER PUBLICATION "p" ADD TABLE ONLY "public"."x";
