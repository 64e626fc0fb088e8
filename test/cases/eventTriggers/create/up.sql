CREATE EVENT TRIGGER "et" ON ddl_command_end EXECUTE FUNCTION public.evt();
