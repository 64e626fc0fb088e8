CREATE SCHEMA ext;
CREATE EXTENSION xml2 SCHEMA ext;
COMMENT ON EXTENSION xml2 IS 'reads documents';
CREATE EXTENSION unaccent;
CREATE VIEW titles AS SELECT ext.xpath_string('<a/>', '/a') AS title;
GRANT SELECT ON titles TO reader;
