CREATE VIEW "public"."v" AS
 SELECT id
   FROM public.users;
CREATE TRIGGER io INSTEAD OF INSERT ON public.v FOR EACH ROW EXECUTE FUNCTION public.touch();
