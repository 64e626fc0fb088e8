CREATE TYPE "public"."int8alias";
CREATE FUNCTION public.int8alias_in(cstring)
 RETURNS public.int8alias
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int8in$function$;
CREATE FUNCTION public.int8alias_out(public.int8alias)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int8out$function$;
CREATE TYPE "public"."int8alias" (INPUT = public.int8alias_in, OUTPUT = public.int8alias_out, INTERNALLENGTH = 8, PASSEDBYVALUE, ALIGNMENT = double, CATEGORY = 'N', DEFAULT = '7', DELIMITER = ';');
CREATE TYPE "public"."pieces";
CREATE FUNCTION public.pieces_in(cstring, oid, integer)
 RETURNS public.pieces
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$varcharin$function$;
CREATE FUNCTION public.pieces_out(public.pieces)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$varcharout$function$;
CREATE FUNCTION public.pieces_recv(internal, oid, integer)
 RETURNS public.pieces
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$varcharrecv$function$;
CREATE FUNCTION public.pieces_send(public.pieces)
 RETURNS bytea
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$varcharsend$function$;
CREATE TYPE "public"."pieces" (INPUT = public.pieces_in, OUTPUT = public.pieces_out, RECEIVE = public.pieces_recv, SEND = public.pieces_send, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, STORAGE = extended, CATEGORY = 'p', PREFERRED = true, COLLATABLE = true);
CREATE TYPE "public"."point4";
CREATE FUNCTION public.point4_in(cstring)
 RETURNS public.point4
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$point_in$function$;
CREATE FUNCTION public.point4_out(public.point4)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$point_out$function$;
CREATE TYPE "public"."point4" (INPUT = public.point4_in, OUTPUT = public.point4_out, SUBSCRIPT = raw_array_subscript_handler, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = double precision);
CREATE FUNCTION public.int8alias_eq(public.int8alias, public.int8alias)
 RETURNS boolean
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int8eq$function$;
CREATE OPERATOR "public".= (LEFTARG = public.int8alias, RIGHTARG = public.int8alias, FUNCTION = public.int8alias_eq, COMMUTATOR = OPERATOR(public.=));
CREATE CAST (bigint AS public.int8alias) WITHOUT FUNCTION;
CREATE TABLE "public"."counters" (
  "n" public.int8alias,
  "past" public.int8alias[] DEFAULT '{}'::public.int8alias[]
);
REVOKE EXECUTE ON FUNCTION public.int8alias_out(public.int8alias) FROM PUBLIC;
COMMENT ON TYPE "public"."int8alias" IS 'a number';
COMMENT ON FUNCTION "public"."int8alias_in"(cstring) IS 'reads it';
