ALTER TYPE "public"."pair" ADD ATTRIBUTE "z" integer;
