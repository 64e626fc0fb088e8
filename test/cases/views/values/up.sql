CREATE VIEW "public"."v" AS
 SELECT column1 AS a,
    column2 AS b
   FROM ( VALUES (1,'x'::text), (2,'y'::text)) "*VALUES*";
