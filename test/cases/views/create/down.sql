DROP VIEW "public"."named";
