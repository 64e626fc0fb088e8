ALTER STATISTICS "public"."s" OWNER TO CURRENT_USER;
ALTER TABLE "public"."posts" ALTER COLUMN "n" TYPE integer USING "n"::integer;
