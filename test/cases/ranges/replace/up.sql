DROP TYPE "public"."span";
CREATE TYPE "public"."span" AS RANGE (SUBTYPE = double precision, MULTIRANGE_TYPE_NAME = public.spans);
