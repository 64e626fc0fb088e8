ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON SEQUENCES FROM reader;
GRANT EXECUTE ON FUNCTION public.span(integer,integer) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.span(integer,integer,pg_catalog.text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.span_multirange() TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.span_multirange(public.span) TO PUBLIC;
GRANT EXECUTE ON FUNCTION public.span_multirange(public.span[]) TO PUBLIC;
ALTER TABLE "public"."users" DROP COLUMN "id";
DROP TYPE "public"."mood_span";
