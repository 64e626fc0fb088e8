DROP VIEW "public"."names";
ALTER TABLE "public"."users" ALTER COLUMN "name" TYPE text;
CREATE VIEW "public"."names" AS
 SELECT id,
    name
   FROM public.users;
CREATE RULE renamed AS
    ON UPDATE TO public.names DO INSTEAD  UPDATE public.users SET name = new.name
  WHERE (users.id = old.id);
GRANT SELECT, UPDATE ON TABLE public.names TO editor;
COMMENT ON RULE "renamed" ON "public"."names" IS 'writes through';
