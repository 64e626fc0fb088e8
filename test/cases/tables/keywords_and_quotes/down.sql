DROP TABLE "public"."Order ""1""";
