CREATE SCHEMA ext;
CREATE EXTENSION xml2;
COMMENT ON EXTENSION xml2 IS 'reads documents';
CREATE EXTENSION unaccent;
COMMENT ON EXTENSION unaccent IS 'reads accents';
CREATE VIEW titles AS SELECT xpath_string('<a/>', '/a') AS title;
GRANT SELECT ON titles TO reader;
