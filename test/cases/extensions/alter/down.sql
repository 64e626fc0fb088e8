ALTER EXTENSION "hstore" SET SCHEMA "public";
