CREATE EXTENSION "hstore" SCHEMA "public";
