ALTER TABLE "public"."a" ALTER COLUMN "v" TYPE json USING "v"::text::json;
