ALTER TABLE "public"."events" DROP CONSTRAINT "id_known";
ALTER TABLE "public"."events" DROP CONSTRAINT "id_small";
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "id_positive";
ALTER TABLE "public"."events" ADD CONSTRAINT "id_small" CHECK ((id < 1000));
