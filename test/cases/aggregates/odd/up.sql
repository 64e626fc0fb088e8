CREATE AGGREGATE "public"."pct"(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE "public"."rows"(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
