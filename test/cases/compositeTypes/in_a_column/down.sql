ALTER TYPE "public"."pair" DROP ATTRIBUTE "z";
