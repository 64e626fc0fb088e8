SELECT pg_catalog.setval('"public"."numbers"', LEAST(GREATEST(last_value, 3), 1000), is_called) FROM "public"."numbers";
ALTER SEQUENCE "public"."numbers" AS smallint INCREMENT BY 2 MINVALUE 3 MAXVALUE 1000 START WITH 5 CACHE 4 CYCLE;
