DROP TEXT SEARCH DICTIONARY "public"."d";
CREATE TEXT SEARCH DICTIONARY "public"."d" (TEMPLATE = "pg_catalog"."snowball", language = 'english');
