CREATE TYPE "public"."pair" AS ("x" integer, "y" text);
