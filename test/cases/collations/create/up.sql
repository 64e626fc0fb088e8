CREATE COLLATION "public"."c" (PROVIDER = icu, LOCALE = 'de');
