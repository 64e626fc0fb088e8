CREATE TABLE "public"."b" (
  "id" integer CONSTRAINT "id_set" NOT NULL,
  "one" integer CONSTRAINT "one_set" NOT NULL NO INHERIT DEFAULT 1,
  "later" integer,
  CONSTRAINT "b_pkey" PRIMARY KEY (id)
);
ALTER TABLE "public"."b" ADD NOT NULL "later" NOT VALID;
ALTER TABLE "public"."a" ADD COLUMN "added" integer CONSTRAINT "added_set" NOT NULL;
ALTER TABLE "public"."a" ALTER CONSTRAINT "a_alone_not_null" INHERIT;
ALTER TABLE "public"."a" ALTER COLUMN "checked" SET NOT NULL;
ALTER TABLE "public"."a" ADD CONSTRAINT "later_set" NOT NULL "later" NOT VALID;
ALTER TABLE "public"."a" RENAME CONSTRAINT "present" TO "a_named_not_null";
ALTER TABLE "public"."a" RENAME CONSTRAINT "old_name" TO "new_name";
ALTER TABLE "public"."a" ALTER COLUMN "unchecked" DROP NOT NULL;
ALTER TABLE "public"."a" ADD NOT NULL "unchecked" NOT VALID;
ALTER TABLE "public"."a" RENAME CONSTRAINT "a_usual_not_null" TO "usual_set";
ALTER TABLE "public"."events" RENAME CONSTRAINT "events_at_not_null" TO "at_set";
ALTER TABLE "public"."parent" RENAME CONSTRAINT "id_not_null" TO "id_set";
