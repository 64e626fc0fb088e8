DROP VIEW "public"."titles";
DROP EXTENSION "xml2";
CREATE EXTENSION "xml2" SCHEMA "public";
CREATE VIEW "public"."titles" AS
 SELECT public.xpath_string('<a/>'::text, '/a'::text) AS title;
GRANT SELECT ON TABLE public.titles TO reader;
COMMENT ON EXTENSION "unaccent" IS 'reads accents';
COMMENT ON EXTENSION "xml2" IS 'reads documents';
