ALTER TABLE "public"."posts" DROP COLUMN "id";
ALTER SEQUENCE "public"."free_numbers" OWNED BY NONE;
ALTER SEQUENCE "public"."free_numbers" OWNER TO CURRENT_USER;
ALTER TABLE "public"."posts" DROP COLUMN "number";
