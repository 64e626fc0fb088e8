ALTER TABLE "public"."a" ALTER COLUMN "v" TYPE integer USING "v"::text::integer;
