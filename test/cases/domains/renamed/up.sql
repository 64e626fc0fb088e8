ALTER TYPE "public"."mood" RENAME TO "feeling";
ALTER TYPE "public"."pair" RENAME TO "couple";
ALTER TYPE "public"."span" RENAME TO "extent";
ALTER DOMAIN "public"."positive" RENAME TO "natural";
ALTER COLLATION "public"."plain" RENAME TO "simple";
ALTER TYPE "public"."feeling" RENAME VALUE 'sad' TO 'unhappy';
ALTER TYPE "public"."couple" RENAME ATTRIBUTE "one" TO "first" CASCADE;
ALTER TYPE "public"."feeling" ADD VALUE 'glad';
