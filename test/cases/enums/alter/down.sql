ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('sad', 'happy');
DROP TYPE "public"."old__mood";
