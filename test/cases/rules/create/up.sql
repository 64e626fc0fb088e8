CREATE RULE watch AS
    ON INSERT TO public.users DO  INSERT INTO public.log (id)
  VALUES (new.id);
