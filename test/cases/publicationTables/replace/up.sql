ALTER PUBLICATION "p" DROP TABLE ONLY "public"."users";
ALTER PUBLICATION "p" ADD TABLE ONLY "public"."users" ("id", "name") WHERE ((id > 5));
