ALTER TYPE "public"."mood" ADD VALUE 'fine' AFTER 'sad';
