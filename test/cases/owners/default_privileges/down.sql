DROP TABLE "app"."notes";
DROP TABLE "app"."users";
