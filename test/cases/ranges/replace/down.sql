DROP TYPE "public"."span";
CREATE TYPE "public"."span" AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
