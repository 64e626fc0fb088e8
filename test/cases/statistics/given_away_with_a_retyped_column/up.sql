DROP STATISTICS "public"."s";
ALTER TABLE "public"."posts" ALTER COLUMN "n" TYPE text;
CREATE STATISTICS public.s ON id, n FROM public.posts;
ALTER STATISTICS "public"."s" OWNER TO editor;
