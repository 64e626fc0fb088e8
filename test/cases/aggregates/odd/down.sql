DROP AGGREGATE "public"."pct"(double precision ORDER BY anyelement);
DROP AGGREGATE "public"."rows"(*);
