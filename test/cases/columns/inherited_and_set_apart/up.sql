CREATE TABLE "public"."dogs" (
  "tail" integer
) INHERITS (public.animals);
CREATE TABLE "public"."homes" OF public.place (
  "city" WITH OPTIONS NOT NULL DEFAULT 'Rome'::text
);
ALTER TABLE ONLY "public"."homes" ALTER COLUMN "street" SET STORAGE EXTERNAL;
ALTER TABLE "public"."dogs" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE ONLY "public"."dogs" ALTER COLUMN "name" SET STATISTICS 500;
ALTER TABLE ONLY "public"."dogs" ALTER COLUMN "name" SET DEFAULT 'Rex'::text;
