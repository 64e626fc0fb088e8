DROP TABLE "public"."pairs";
ALTER TYPE "public"."pair" RENAME TO "old__pair";
CREATE TYPE "public"."pair" AS ("a" bigint, "c" text COLLATE "C", "b" text);
CREATE TABLE "public"."pairs" OF public.pair (
  "b" WITH OPTIONS DEFAULT 'x'::text,
  CONSTRAINT "pairs_b_key" UNIQUE (b)
);
COMMENT ON COLUMN "public"."pairs"."b" IS 'b';
DROP TYPE "public"."old__pair";
